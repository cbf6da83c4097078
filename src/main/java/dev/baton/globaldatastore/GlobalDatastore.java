package dev.baton.globaldatastore;

import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.util.List;
import java.util.Optional;

/**
 * A Global datastore as one describe showed it: every field of AWS's GlobalReplicationGroup (API
 * version 2015-02-02). A text that AWS left out is empty.
 */
public record GlobalDatastore(
    GlobalDatastoreId id,
    String description,
    String status,
    String cacheNodeType,
    String engine,
    String engineVersion,
    List<Member> members,
    boolean clusterEnabled,
    List<GlobalNodeGroup> globalNodeGroups,
    boolean authTokenEnabled,
    boolean transitEncryptionEnabled,
    boolean atRestEncryptionEnabled,
    String arn) {

  public GlobalDatastore {
    members = List.copyOf(members);
    globalNodeGroups = List.copyOf(globalNodeGroups);
  }

  /**
   * Whether AWS says that it is changing nothing: {@code available}, or {@code primary-only}, which
   * is what a Global datastore becomes whose last secondary has left.
   */
  public boolean isAvailable() {
    return status.equalsIgnoreCase("available")
        || (status.equalsIgnoreCase("primary-only") && members.size() == 1);
  }

  /** The primary, if AWS shows exactly one: two, or none, is no answer. */
  public Optional<Member> primary() {
    var primaries = members.stream().filter(Member::isPrimary).toList();
    return primaries.size() == 1 ? Optional.of(primaries.getFirst()) : Optional.empty();
  }

  public Optional<Member> memberIn(Region region) {
    return members.stream().filter(member -> member.region().equals(region)).findFirst();
  }

  /** Whether this replication group is the one and only primary. */
  public boolean hasPrimary(ReplicationGroupId replicationGroup, Region region) {
    return primary()
        .filter(member -> member.region().equals(region))
        .filter(member -> member.replicationGroupId().equals(replicationGroup))
        .isPresent();
  }

  /** Whether nothing is in motion: available, exactly one primary, every member associated. */
  public boolean isSettled() {
    return isAvailable()
        && primary().isPresent()
        && members.stream().allMatch(Member::isAssociated);
  }
}
