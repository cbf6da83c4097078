package dev.baton.policy;

import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules look at besides the request.
 *
 * @param now the time of the evaluation
 * @param lastPromotionAt when a promotion of this datastore by Baton last ended; empty if none is
 *     known
 * @param lastMoveByPeopleAt when its primary was last seen to have moved without Baton; empty if
 *     none is known
 * @param targetLag how far the target is behind
 * @param targetReadiness whether the target is fit to become primary
 * @param otherFailovers what else is under way
 */
public record PolicyFacts(
    Instant now,
    Optional<Instant> lastPromotionAt,
    Optional<Instant> lastMoveByPeopleAt,
    TargetLag targetLag,
    TargetReadiness targetReadiness,
    OtherFailovers otherFailovers) {

  /**
   * As it would be at best: nothing else is under way, and what is not known yet turns out well.
   * What is refused even then is refused for good.
   */
  public PolicyFacts atBest() {
    return new PolicyFacts(
        now,
        lastPromotionAt,
        lastMoveByPeopleAt,
        targetLag instanceof TargetLag.Unknown(var region, _)
            ? new TargetLag.Measured(region, Duration.ZERO, now)
            : targetLag,
        targetReadiness instanceof TargetReadiness.Unknown(var region, _)
            ? new TargetReadiness.Judged(region, ReadinessLevel.READY, List.of())
            : targetReadiness,
        new OtherFailovers.Counted(0, Map.of(), Map.of()));
  }

  /** When the primary last moved, whoever moved it. */
  Optional<Instant> lastMoveAt() {
    return isLastMoveByPeople() ? lastMoveByPeopleAt : lastPromotionAt;
  }

  /** Whether it was moved without Baton last. */
  boolean isLastMoveByPeople() {
    return lastMoveByPeopleAt
        .filter(people -> lastPromotionAt.isEmpty() || people.isAfter(lastPromotionAt.get()))
        .isPresent();
  }

  /** The lag of a target in that Region: nothing is known of any but the one that was looked at. */
  TargetLag lagOf(Region target) {
    return targetLag.region().equals(target)
        ? targetLag
        : new TargetLag.Unknown(target, "it was not read");
  }

  /** The readiness of a target in that Region, likewise. */
  TargetReadiness readinessOf(Region target) {
    return targetReadiness.region().equals(target)
        ? targetReadiness
        : new TargetReadiness.Unknown(target, "it was not judged");
  }
}
