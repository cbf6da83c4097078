package dev.baton.globaldatastore;

import dev.baton.core.ReplicationGroupId;
import java.util.Optional;

/**
 * A replication group as AWS shows it by itself (DescribeReplicationGroups, API version
 * 2015-02-02).
 *
 * @param status AWS's own word, such as {@code available}
 * @param engine AWS's own word, such as {@code valkey}; empty if it was left out
 * @param cacheNodeType such as {@code cache.r7g.large}; empty if it was left out
 * @param globalDatastore the id of the Global datastore that it is a member of
 * @param endpoint where its primary takes writes: ConfigurationEndpoint with cluster mode, else the
 *     PrimaryEndpoint of its node group
 */
public record ReplicationGroup(
    ReplicationGroupId id,
    String status,
    String engine,
    String cacheNodeType,
    Optional<String> globalDatastore,
    Optional<Endpoint> endpoint) {

  /** Whether it belongs to no Global datastore and is at work. */
  public boolean isStandalone() {
    return globalDatastore.isEmpty() && status.equalsIgnoreCase("available");
  }
}
