package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;

/** The endpoints of replication groups, read from AWS in their own Region. */
public interface EndpointReadings {

  /**
   * Where applications write to while this replication group is primary: its primary endpoint, or
   * with cluster mode on its configuration endpoint.
   *
   * @param region the Region of the replication group
   */
  Reading<Endpoint> endpoint(AccountId accountId, Region region, ReplicationGroupId group);
}
