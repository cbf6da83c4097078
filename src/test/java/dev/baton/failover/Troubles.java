package dev.baton.failover;

import dev.baton.deterministic.Chance;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.Host;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Which troubles strike in a schedule, and how often. Each schedule has a few kinds of its own:
 * where everything goes wrong all the time, nothing gets far.
 */
final class Troubles implements Database.Interference {
  private final Chance chance;
  private final Consumer<Trouble> witness;
  private final Consumer<Host> killer;
  private final Map<Trouble, Double> rates = new EnumMap<>(Trouble.class);
  private final Set<Trouble> struck = EnumSet.noneOf(Trouble.class);
  private boolean over;

  /**
   * Draws them.
   *
   * @param witness told of each one that strikes
   * @param killer kills a host for good
   */
  Troubles(Chance chance, Consumer<Trouble> witness, Consumer<Host> killer) {
    this.chance = chance;
    this.witness = witness;
    this.killer = killer;
    for (var trouble : Trouble.values()) {
      if (chance.of(0.35)) {
        rates.put(trouble, chance.share());
      }
    }
  }

  /** From now on nothing goes wrong any more. */
  void end() {
    over = true;
  }

  boolean areOver() {
    return over;
  }

  Set<Trouble> struck() {
    return struck;
  }

  /** Whether it strikes now; if so, that is told. */
  boolean strikes(Trouble trouble, double atMost) {
    var rate = rates.getOrDefault(trouble, 0.0);
    if (over || !chance.of(rate * atMost)) {
      return false;
    }
    strike(trouble);
    return true;
  }

  void strike(Trouble trouble) {
    struck.add(trouble);
    witness.accept(trouble);
  }

  @Override
  public Duration statement(Host host) {
    hit(host, 0.004);
    if (strikes(Trouble.COMMIT_FAILED, 0.01)) {
      throw new DataAccessResourceFailureException("the connection broke");
    }
    return chance.between(Duration.ofNanos(300_000), Duration.ofMillis(3));
  }

  @Override
  public Commit commit(Host host) {
    hit(host, 0.06);
    if (strikes(Trouble.COMMIT_UNKNOWN, 0.12)) {
      return Commit.UNKNOWN;
    }
    return strikes(Trouble.COMMIT_FAILED, 0.06) ? Commit.FAILS : Commit.GOES_WELL;
  }

  @Override
  public void committed(Host host) {
    hit(host, 0.06);
  }

  /** Kills the host here, or lets it stand still. */
  void hit(Host host, double atMost) {
    if (host.isDead()) {
      return;
    }
    if (strikes(Trouble.KILLED, atMost)) {
      killer.accept(host);
    } else if (strikes(Trouble.PAUSED, atMost)) {
      host.pause(chance.of(0.5) ? chance.millis(500, 6_000) : chance.seconds(6, 40));
    }
  }
}
