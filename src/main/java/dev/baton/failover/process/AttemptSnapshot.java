package dev.baton.failover.process;

import dev.baton.core.Region;
import java.time.Instant;
import java.util.Optional;

/**
 * One call to AWS, as it was recorded before and after it was sent.
 *
 * @param sendBefore from then on it must not be sent any more
 * @param landsBefore from then on it can't have an effect any more that would still begin
 * @param answeredAt when its outcome was recorded
 * @param endpoint the Region whose endpoint it was sent to
 * @param passing whether AWS refused it for a reason that may pass by itself
 * @param unreached whether it never reached AWS
 */
public record AttemptSnapshot(
    int number,
    Region endpoint,
    Instant intendedAt,
    Instant sendBefore,
    Instant landsBefore,
    Optional<Instant> answeredAt,
    Optional<AttemptOutcome> outcome,
    boolean passing,
    boolean unreached) {

  /** Whether it may have changed AWS without anybody knowing. */
  public boolean isUncertain() {
    return outcome.isEmpty() || outcome.get() == AttemptOutcome.UNKNOWN;
  }

  /** Whether AWS refused it for a reason that won't pass: it would only refuse again. */
  public boolean isRefusedForGood() {
    return outcome.equals(Optional.of(AttemptOutcome.REFUSED)) && !passing;
  }

  /** From when on an observation can say something about it. */
  public Instant endedAt() {
    return answeredAt.orElse(landsBefore);
  }
}
