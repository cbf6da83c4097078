package dev.baton.failover;

import dev.baton.core.FailoverMode;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  /**
   * The Region whose endpoint is called next. The target's first: it is the one that is alive when
   * this is needed. Only where nothing reached that, the others in turn; anything else that came of
   * a call would come of it there, too.
   *
   * @param others the other Regions' endpoints
   */
  Region nextEndpoint(List<Region> others) {
    var endpoints = Stream.concat(Stream.of(targetRegion), others.stream()).distinct().toList();
    var last = lastAttempt().filter(AttemptSnapshot::unreached).map(AttemptSnapshot::endpoint);
    return last.map(endpoints::indexOf)
        .map(at -> endpoints.get((at + 1) % endpoints.size()))
        .orElse(targetRegion);
  }

  /** Attempts that reached AWS, or may have. */
  int answeredAttempts() {
    return (int)
        attempts.stream()
            .filter(attempt -> !attempt.outcome().equals(Optional.of(AttemptOutcome.NOT_EXECUTED)))
            .count();
  }

  Optional<Member> targetIn(GlobalDatastore datastore) {
    return datastore.members().stream()
        .filter(member -> member.region().equals(targetRegion))
        .filter(member -> member.replicationGroupId().equals(targetReplicationGroupId))
        .findFirst();
  }

  boolean isPrimaryIn(GlobalDatastore datastore) {
    return datastore.hasPrimary(targetReplicationGroupId, targetRegion);
  }

  boolean isSecondaryIn(GlobalDatastore datastore) {
    return targetIn(datastore).filter(Member::isSecondary).isPresent();
  }

  /** Whether nothing is in motion, and the target is not the primary. */
  boolean hasOldRolesIn(GlobalDatastore datastore) {
    return datastore.isAvailable() && datastore.primary().isPresent() && isSecondaryIn(datastore);
  }

  /** Whether AWS shows that it is switching, or has switched the roles. */
  boolean isMovingIn(GlobalDatastore datastore) {
    return datastore.status().equalsIgnoreCase("modifying") || isPrimaryIn(datastore);
  }

  /** Whether nothing is in motion, and the target is no member any more. */
  boolean hasLeft(GlobalDatastore datastore) {
    return datastore.isAvailable() && targetIn(datastore).isEmpty();
  }

  boolean missesExpectedPrimaryIn(GlobalDatastore datastore) {
    var primary = datastore.primary().map(Member::region);
    return expectedPrimaryRegion.isPresent()
        && primary.isPresent()
        && !expectedPrimaryRegion.equals(primary);
  }

  /** A describe that began before the last call ended may show what was before it. */
  boolean isJudgedBy(Observation seen) {
    return lastAttempt().map(last -> seen.beganAt().isAfter(last.endedAt())).orElse(true);
  }

  /** Whether what was seen by a describe that began then is too old to act on. */
  boolean isTooOld(Instant beganAt, Duration factsAge, Instant now) {
    return beganAt.plus(factsAge).isBefore(now)
        || lastAttempt().map(last -> !beganAt.isAfter(last.endedAt())).orElse(false);
  }
}
