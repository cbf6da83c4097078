package dev.baton.failover;

import dev.baton.failover.Facts.Gone;
import dev.baton.failover.Facts.Shown;
import dev.baton.failover.Facts.Unseen;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.GlobalDatastores;
import dev.baton.globaldatastore.Observation;
import dev.baton.globaldatastore.Observations;
import dev.baton.globaldatastore.Reading;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Brings a failover and what is known of its Global datastore before the process. */
@Component
class FailoverJudge {
  private static final Duration UNREADABLE_PAUSE = Duration.ofSeconds(2);

  private final FailoverRepository failovers;
  private final GlobalDatastores globalDatastores;
  private final Observations observations;
  private final FailoverProcess process;
  private final InstantSource clock;

  FailoverJudge(
      FailoverRepository failovers,
      GlobalDatastores globalDatastores,
      Observations observations,
      FailoverProperties limits,
      InstantSource clock) {
    this.failovers = failovers;
    this.globalDatastores = globalDatastores;
    this.observations = observations;
    this.process = new FailoverProcess(limits);
    this.clock = clock;
  }

  /**
   * What was decided, and on what.
   *
   * @param decision never {@link ProcessDecision.Observe}: AWS has been asked already
   */
  record Judgement(Failover failover, Facts facts, ProcessDecision decision) {

    /** What AWS has shown since the last call, if that is known. */
    Optional<Evidence> shown() {
      return facts instanceof Shown(var seen) && failover.snapshot().isJudgedBy(seen)
          ? Optional.of(Evidence.of(seen))
          : Optional.empty();
    }

    boolean isOlderThan(Observation seen) {
      return switch (facts) {
        case Shown(var judged) -> !judged.since().equals(seen.since());
        case Gone(var beganAt) -> seen.beganAt().isAfter(beganAt);
        case Unseen _ -> true;
      };
    }
  }

  Judgement judge(FailoverId id) {
    var failover = failovers.findById(id.value()).orElseThrow();
    var stored = stored(failover);
    var decision = process.decide(failover.snapshot(), stored, clock.instant());
    if (!(decision instanceof ProcessDecision.Observe)) {
      return new Judgement(failover, stored, decision);
    }
    return switch (globalDatastores.describe(
        failover.accountId(), failover.targetRegion(), failover.globalReplicationGroupId())) {
      case Reading.Seen<GlobalDatastore>(var datastore, var beganAt) -> {
        observations.record(
            failover.accountId(), failover.targetRegion(), beganAt, List.of(datastore));
        yield judged(failover, stored(failover));
      }
      case Reading.NotFound<GlobalDatastore>(var beganAt) -> {
        observations.recordGone(
            failover.accountId(),
            failover.targetRegion(),
            beganAt,
            failover.globalReplicationGroupId());
        yield judged(failover, new Gone(beganAt));
      }
      case Reading.NotRead<GlobalDatastore> failure ->
          new Judgement(
              failover,
              stored,
              new ProcessDecision.LookAgain(
                  clock.instant().plus(UNREADABLE_PAUSE),
                  "AWS can't be read in %s: %s: %s"
                      .formatted(failover.targetRegion(), failure.code(), failure.message())));
    };
  }

  /** Whether AWS shows something else by now, or somebody changed the failover. */
  boolean hasNews(Judgement judgement) {
    var failover = judgement.failover();
    var now = failovers.findById(failover.id().value()).orElseThrow();
    return now.version() != failover.version()
        || (stored(failover) instanceof Shown(var seen) && judgement.isOlderThan(seen));
  }

  private Judgement judged(Failover failover, Facts facts) {
    var decision = process.decide(failover.snapshot(), facts, clock.instant());
    return new Judgement(
        failover,
        facts,
        decision instanceof ProcessDecision.Observe
            ? new ProcessDecision.LookAgain(
                clock.instant().plus(UNREADABLE_PAUSE), "AWS answered too slowly to act on it")
            : decision);
  }

  private Facts stored(Failover failover) {
    return observations
        .latest(failover.accountId(), failover.targetRegion(), failover.globalReplicationGroupId())
        .<Facts>map(Shown::new)
        .orElseGet(Unseen::new);
  }
}
