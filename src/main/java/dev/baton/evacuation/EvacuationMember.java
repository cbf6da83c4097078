package dev.baton.evacuation;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.util.Optional;
import java.util.UUID;

/**
 * A Global datastore that is part of an evacuation.
 *
 * @param position its place in the plan
 * @param wave with which it goes; 0 if it was left out
 * @param move from where to where; empty if it was left out
 * @param readiness how fit the target was when it was planned, where that was known
 * @param lagSeconds how far the target was behind then, where that was known
 * @param failbackOf the failover that it takes back
 * @param status {@link #NOT_STARTED}, how it ended without a failover, or its failover's status
 * @param failoverId its failover, once it has started
 * @param why why it has no failover, or why that stands as it does
 */
record EvacuationMember(
    int position,
    int wave,
    AccountId accountId,
    GlobalDatastoreId globalReplicationGroupId,
    Optional<Move> move,
    Optional<ReadinessLevel> readiness,
    Optional<Double> lagSeconds,
    Optional<UUID> failbackOf,
    String status,
    Optional<UUID> failoverId,
    Optional<String> why) {
  static final String NOT_STARTED = "NOT_STARTED";

  /** From a primary to a secondary. */
  record Move(
      Region source,
      ReplicationGroupId sourceGroup,
      Region target,
      ReplicationGroupId targetGroup) {}

  /** How a member ends without a failover. */
  enum Outcome {
    /** It need not or can't be moved; that is no failure. */
    LEFT_OUT,
    /** It was to be moved and could not. */
    TURNED_AWAY,
    /** The evacuation was aborted before. */
    CANCELLED
  }
}
