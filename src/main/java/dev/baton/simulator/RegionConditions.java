package dev.baton.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a Region treats its callers.
 *
 * @param darkness empty where it is lit
 * @param latency how much real time a call takes before it acts
 * @param view how fresh its describes are
 * @param readLimit bounds its describes
 * @param changeLimit bounds the calls that change something
 */
public record RegionConditions(
    Optional<Darkness> darkness,
    Duration latency,
    View view,
    Optional<RateLimit> readLimit,
    Optional<RateLimit> changeLimit) {

  /** How fresh the describes of a Region are. */
  public sealed interface View {

    /** They show the present. */
    record Present() implements View {}

    /** They show how things were so long ago. */
    record Behind(Duration by) implements View {

      public Behind {
        Limits.refuseImpossible("behind", by);
      }
    }

    /** They show how things were at this instant, for ever. */
    record Frozen(Instant at) implements View {}
  }

  public RegionConditions {
    Limits.refuseImpossible("latency", latency);
  }

  /** Lit, without latency, limits or staleness. */
  public static RegionConditions usual() {
    return new RegionConditions(
        Optional.empty(), Duration.ZERO, new View.Present(), Optional.empty(), Optional.empty());
  }

  /** These conditions in the dark. */
  public RegionConditions withDarkness(Darkness changed) {
    return with(Optional.of(changed));
  }

  /** These conditions with the light on. */
  public RegionConditions lit() {
    return with(Optional.empty());
  }

  /** These conditions with another latency. */
  public RegionConditions withLatency(Duration changed) {
    return new RegionConditions(darkness, changed, view, readLimit, changeLimit);
  }

  /** These conditions with describes that show another time. */
  public RegionConditions withView(View changed) {
    return new RegionConditions(darkness, latency, changed, readLimit, changeLimit);
  }

  /** These conditions with describes that are so far behind. */
  public RegionConditions behind(Duration by) {
    return withView(new View.Behind(by));
  }

  /** These conditions with a limit on describes. */
  public RegionConditions withReadLimit(RateLimit changed) {
    return new RegionConditions(darkness, latency, view, Optional.of(changed), changeLimit);
  }

  /** These conditions with a limit on calls that change something. */
  public RegionConditions withChangeLimit(RateLimit changed) {
    return new RegionConditions(darkness, latency, view, readLimit, Optional.of(changed));
  }

  /** The instant that describes show. */
  Instant seenAt(Instant now) {
    return switch (view) {
      case View.Present present -> now;
      case View.Behind behind -> now.minus(behind.by());
      case View.Frozen frozen -> frozen.at();
    };
  }

  private RegionConditions with(Optional<Darkness> changed) {
    return new RegionConditions(changed, latency, view, readLimit, changeLimit);
  }
}
