package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Instant;

/**
 * One DisassociateGlobalReplicationGroup.
 *
 * @param endpointRegion the Region whose endpoint is called
 * @param memberRegion the Region of the secondary that is to leave
 * @param replicationGroupId the secondary that is to leave
 * @param sendBefore the call must not leave this machine at or after this instant
 */
public record DetachCall(
    AccountId accountId,
    Region endpointRegion,
    GlobalDatastoreId globalDatastoreId,
    Region memberRegion,
    ReplicationGroupId replicationGroupId,
    Instant sendBefore) {}
