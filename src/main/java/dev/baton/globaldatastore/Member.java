package dev.baton.globaldatastore;

import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;

/**
 * A replication group of a Global datastore, as AWS shows it (GlobalReplicationGroupMember).
 *
 * <p>Role, automatic failover and status are AWS's own words: strings, because AWS may add to them.
 */
public record Member(
    ReplicationGroupId replicationGroupId,
    Region region,
    String role,
    String automaticFailover,
    String status) {

  public boolean isPrimary() {
    return role.equalsIgnoreCase("PRIMARY");
  }

  public boolean isSecondary() {
    return role.equalsIgnoreCase("SECONDARY");
  }

  public boolean isAssociated() {
    return status.equalsIgnoreCase("associated");
  }
}
