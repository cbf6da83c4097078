package dev.baton.policy;

import dev.baton.core.Region;
import java.time.Instant;
import java.util.Optional;

/**
 * What the rules look at besides the request.
 *
 * @param now the time of the evaluation
 * @param lastPromotionAt when a promotion of this datastore last ended; empty if none is known
 * @param targetLag how far the target is behind
 */
public record PolicyFacts(Instant now, Optional<Instant> lastPromotionAt, TargetLag targetLag) {

  /** The lag of a target in that Region: nothing is known of any but the one that was looked at. */
  TargetLag lagOf(Region target) {
    return targetLag.region().equals(target)
        ? targetLag
        : new TargetLag.Unknown(target, "it was not read");
  }
}
