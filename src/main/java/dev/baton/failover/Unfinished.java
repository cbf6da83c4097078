package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.process.FailoverStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A failover that is not over, without all that is known of it. */
record Unfinished(
    UUID id,
    FailoverStatus status,
    FailoverMode mode,
    AccountId accountId,
    GlobalDatastoreId globalReplicationGroupId,
    @Nullable Region sourceRegion,
    Region targetRegion,
    ReplicationGroupId targetReplicationGroupId) {

  /** Whether AWS has been called for it, or may have been. */
  boolean isCalledFor() {
    return !status.isUnsent();
  }
}
