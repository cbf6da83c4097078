package dev.baton.failover;

import dev.baton.core.FailoverMode;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All of a failover that the process goes by.
 *
 * @param refusedByPolicy whether policy, asked again before another call, refused that
 */
record FailoverSnapshot(
    FailoverStatus status,
    FailoverMode mode,
    Region targetRegion,
    ReplicationGroupId targetReplicationGroupId,
    Optional<Region> expectedPrimaryRegion,
    Instant startBefore,
    Optional<Instant> promotionStartedAt,
    boolean refusedByPolicy,
    List<AttemptSnapshot> attempts) {

  /** From when on no call can begin to have an effect any more. */
  Instant landedAt() {
    return attempts.stream()
        .map(AttemptSnapshot::landsBefore)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** From when on none can whose outcome is unknown. */
  Instant uncertainUntil() {
    return attempts.stream()
        .filter(AttemptSnapshot::isUncertain)
        .map(AttemptSnapshot::landsBefore)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  Optional<AttemptSnapshot> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  /** Attempts that reached AWS, or may have. */
  int answeredAttempts() {
    return (int)
        attempts.stream()
            .filter(attempt -> !attempt.outcome().equals(Optional.of(AttemptOutcome.NOT_EXECUTED)))
            .count();
  }
}
