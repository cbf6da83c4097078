package dev.baton.failover;

import java.time.Instant;
import java.util.Optional;

/**
 * One call to AWS, as it was recorded before and after it was sent.
 *
 * @param sendBefore from then on it must not be sent any more
 * @param landsBefore from then on it can't have an effect any more that would still begin
 * @param answeredAt when its outcome was recorded
 * @param passing whether AWS refused it for a reason that may pass by itself
 */
record AttemptSnapshot(
    int number,
    Instant intendedAt,
    Instant sendBefore,
    Instant landsBefore,
    Optional<Instant> answeredAt,
    Optional<AttemptOutcome> outcome,
    boolean passing) {

  /** Whether it may have changed AWS without anybody knowing. */
  boolean isUncertain() {
    return outcome.isEmpty() || outcome.get() == AttemptOutcome.UNKNOWN;
  }

  /** Whether AWS refused it for a reason that won't pass: it would only refuse again. */
  boolean isRefusedForGood() {
    return outcome.equals(Optional.of(AttemptOutcome.REFUSED)) && !passing;
  }

  /** From when on an observation can say something about it. */
  Instant endedAt() {
    return answeredAt.orElse(landsBefore);
  }
}
