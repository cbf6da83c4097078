package dev.baton.failover.process;

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
 * @param approveBefore when people are no longer waited for, while they are
 * @param refusedByPolicy whether policy, asked again before another call, refused that
 */
public record FailoverSnapshot(
    FailoverStatus status,
    FailoverMode mode,
    Optional<Region> sourceRegion,
    Region targetRegion,
    ReplicationGroupId targetReplicationGroupId,
    Optional<Region> expectedPrimaryRegion,
    Optional<Instant> scheduledFor,
    Optional<Instant> approveBefore,
    Instant startBefore,
    Optional<Instant> promotionStartedAt,
    boolean refusedByPolicy,
    List<AttemptSnapshot> attempts) {

  /** From when on no call can begin to have an effect any more. */
  public Instant landedAt() {
    return attempts.stream()
        .map(AttemptSnapshot::landsBefore)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** From when on none can whose outcome is unknown. */
  public Instant uncertainUntil() {
    return attempts.stream()
        .filter(AttemptSnapshot::isUncertain)
        .map(AttemptSnapshot::landsBefore)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  public Optional<AttemptSnapshot> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  /**
   * The Region whose endpoint is called next. The target's first: it is the one that is alive when
   * this is needed. Only where nothing reached that, the others in turn; anything else that came of
   * a call would come of it there, too.
   *
   * @param others the other Regions' endpoints
   */
  public Region nextEndpoint(List<Region> others) {
    var endpoints = Stream.concat(Stream.of(targetRegion), others.stream()).distinct().toList();
    var last = lastAttempt().filter(AttemptSnapshot::unreached).map(AttemptSnapshot::endpoint);
    return last.map(endpoints::indexOf)
        .map(at -> endpoints.get((at + 1) % endpoints.size()))
        .orElse(targetRegion);
  }

  /** Attempts that reached AWS, or may have. */
  public int answeredAttempts() {
    return (int)
        attempts.stream()
            .filter(attempt -> !attempt.outcome().equals(Optional.of(AttemptOutcome.NOT_EXECUTED)))
            .count();
  }

  public Optional<Member> targetIn(GlobalDatastore datastore) {
    return datastore.members().stream()
        .filter(member -> member.region().equals(targetRegion))
        .filter(member -> member.replicationGroupId().equals(targetReplicationGroupId))
        .findFirst();
  }

  public boolean isPrimaryIn(GlobalDatastore datastore) {
    return datastore.hasPrimary(targetReplicationGroupId, targetRegion);
  }

  public boolean isSecondaryIn(GlobalDatastore datastore) {
    return targetIn(datastore).filter(Member::isSecondary).isPresent();
  }

  /** Whether nothing is in motion, and the target is not the primary. */
  public boolean hasOldRolesIn(GlobalDatastore datastore) {
    return datastore.isAvailable() && datastore.primary().isPresent() && isSecondaryIn(datastore);
  }

  /** Whether AWS shows that it is switching, or has switched the roles. */
  public boolean isMovingIn(GlobalDatastore datastore) {
    return datastore.status().equalsIgnoreCase("modifying") || isPrimaryIn(datastore);
  }

  /** Whether nothing is in motion, and the target is no member any more. */
  public boolean hasLeft(GlobalDatastore datastore) {
    return datastore.isAvailable() && targetIn(datastore).isEmpty();
  }

  public boolean missesExpectedPrimaryIn(GlobalDatastore datastore) {
    var primary = datastore.primary().map(Member::region);
    return expectedPrimaryRegion.isPresent()
        && primary.isPresent()
        && !expectedPrimaryRegion.equals(primary);
  }

  /** A describe that began before the last call ended may show what was before it. */
  public boolean isJudgedBy(Observation seen) {
    return lastAttempt().map(last -> seen.beganAt().isAfter(last.endedAt())).orElse(true);
  }

  /** Whether what was seen by a describe that began then is too old to act on. */
  public boolean isTooOld(Instant beganAt, Duration factsAge, Instant now) {
    return beganAt.plus(factsAge).isBefore(now)
        || lastAttempt().map(last -> !beganAt.isAfter(last.endedAt())).orElse(false);
  }
}
