package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What somebody asks for, in values that are right in themselves.
 *
 * @param supersedes the unfinished failover that a DETACH is to end
 * @param overrides the rules and holds that are to be set aside
 * @param scheduledFor when it is to start, if not at once
 * @param failback if it takes a failover back
 * @param evacuation if it is part of one
 */
record FailoverRequest(
    AccountId accountId,
    GlobalDatastoreId globalReplicationGroupId,
    Region targetRegion,
    Optional<ReplicationGroupId> targetReplicationGroupId,
    FailoverMode mode,
    String reason,
    Optional<String> reference,
    Optional<Region> expectedPrimaryRegion,
    boolean acceptDataLoss,
    Optional<Instant> startBefore,
    Optional<UUID> supersedes,
    Set<String> overrides,
    Optional<Instant> scheduledFor,
    Optional<FailbackOf> failback,
    Optional<MemberOf> evacuation) {

  FailoverRequest {
    overrides = Set.copyOf(overrides);
  }

  /** The same with these overrides and no others. */
  FailoverRequest overriding(Set<String> others) {
    return new FailoverRequest(
        accountId,
        globalReplicationGroupId,
        targetRegion,
        targetReplicationGroupId,
        mode,
        reason,
        reference,
        expectedPrimaryRegion,
        acceptDataLoss,
        startBefore,
        supersedes,
        others,
        scheduledFor,
        failback,
        evacuation);
  }
}
