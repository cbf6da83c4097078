package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Instant;

/**
 * One FailoverGlobalReplicationGroup.
 *
 * @param endpointRegion the Region whose endpoint is called
 * @param primaryRegion the Region that is to become primary
 * @param primaryReplicationGroupId the replication group in it that is to become primary
 * @param sendBefore the call must not leave this machine at or after this instant
 */
public record FailoverCall(
    AccountId accountId,
    Region endpointRegion,
    GlobalDatastoreId globalDatastoreId,
    Region primaryRegion,
    ReplicationGroupId primaryReplicationGroupId,
    Instant sendBefore) {}
