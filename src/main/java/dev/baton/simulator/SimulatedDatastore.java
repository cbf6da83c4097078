package dev.baton.simulator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A Global datastore of the simulated world, as it is put there and as it is seen at an instant.
 *
 * @param globalReplicationGroupId AWS's id: five letters fixed by the Region of its creation, a
 *     dash, a name
 * @param status AWS's status, normally {@code available}
 * @param members the primary and its secondaries, one a Region
 * @param clusterEnabled whether cluster mode is on
 * @param shards how many node groups share the 16384 slots; one if cluster mode is off
 */
public record SimulatedDatastore(
    String globalReplicationGroupId,
    String description,
    String status,
    String cacheNodeType,
    String engine,
    String engineVersion,
    List<Member> members,
    boolean clusterEnabled,
    int shards,
    boolean authTokenEnabled,
    boolean transitEncryptionEnabled,
    boolean atRestEncryptionEnabled) {

  static final String AVAILABLE = "available";
  static final String PRIMARY_ONLY = "primary-only";
  static final String MODIFYING = "modifying";
  private static final int SLOTS = 16384;

  private static final Pattern ID = Pattern.compile("[a-z]{5}-[a-z][a-z0-9-]*");
  private static final int MOST_MEMBERS = 3;

  /** What a member is to its Global datastore. */
  public enum Role {
    PRIMARY,
    SECONDARY
  }

  /**
   * A replication group that belongs to a Global datastore.
   *
   * @param automaticFailover enabled, disabled, enabling or disabling
   * @param status normally {@code associated}
   */
  public record Member(
      String replicationGroupId,
      String region,
      Role role,
      String automaticFailover,
      String status) {

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");
    private static final Pattern REPLICATION_GROUP_ID = Pattern.compile("[a-z][a-z0-9-]*");

    public Member {
      demand(REGION, "an AWS Region such as us-east-1", region);
      demand(REPLICATION_GROUP_ID, "a replication group id such as carts-use1", replicationGroupId);
    }

    /** A healthy primary. */
    public static Member primary(String replicationGroupId, String region) {
      return new Member(replicationGroupId, region, Role.PRIMARY, "enabled", "associated");
    }

    /** A healthy secondary. */
    public static Member secondary(String replicationGroupId, String region) {
      return new Member(replicationGroupId, region, Role.SECONDARY, "enabled", "associated");
    }

    /** This member in another role. */
    public Member withRole(Role changed) {
      return new Member(replicationGroupId, region, changed, automaticFailover, status);
    }

    /** This member with another status. */
    public Member withStatus(String changed) {
      return new Member(replicationGroupId, region, role, automaticFailover, changed);
    }

    /** This member with automatic failover in another state. */
    public Member withAutomaticFailover(String changed) {
      return new Member(replicationGroupId, region, role, changed, status);
    }

    boolean isPrimary() {
      return role == Role.PRIMARY;
    }

    boolean is(String otherReplicationGroupId, String otherRegion) {
      return replicationGroupId.equals(otherReplicationGroupId) && region.equals(otherRegion);
    }
  }

  public SimulatedDatastore {
    demand(ID, "a Global datastore's id such as ldgnf-carts", globalReplicationGroupId);
    members = List.copyOf(members);
    Set<String> regions = new HashSet<>();
    members.forEach(member -> regions.add(member.region()));
    if (members.isEmpty() || members.size() > MOST_MEMBERS || regions.size() < members.size()) {
      throw new IllegalArgumentException(
          "%s has members in %s; it needs one to %d, each in a Region of its own."
              .formatted(
                  globalReplicationGroupId,
                  members.stream().map(Member::region).toList(),
                  MOST_MEMBERS));
    }
    long primaries = members.stream().filter(Member::isPrimary).count();
    if (primaries != 1) {
      throw new IllegalArgumentException(
          "%s has %d primaries; it needs exactly one."
              .formatted(globalReplicationGroupId, primaries));
    }
    if (shards < 1 || shards > SLOTS || (shards > 1 && !clusterEnabled)) {
      throw new IllegalArgumentException(
          "%s has %d shards; it needs at least one, and exactly one with cluster mode off."
              .formatted(globalReplicationGroupId, shards));
    }
  }

  /** An available datastore with cluster mode off, encrypted at rest and in transit. */
  public static SimulatedDatastore of(String globalReplicationGroupId, Member... members) {
    return new SimulatedDatastore(
        globalReplicationGroupId,
        "Simulated Global datastore",
        AVAILABLE,
        "cache.r7g.large",
        "valkey",
        "8.0",
        List.of(members),
        false,
        1,
        true,
        true,
        true);
  }

  /** This datastore with another description. */
  public SimulatedDatastore withDescription(String changed) {
    return with(changed, status, members, clusterEnabled, shards);
  }

  /** This datastore with another status. */
  public SimulatedDatastore withStatus(String changed) {
    return with(description, changed, members, clusterEnabled, shards);
  }

  /** This datastore with other members. */
  public SimulatedDatastore withMembers(List<Member> changed) {
    return with(description, status, changed, clusterEnabled, shards);
  }

  /** This datastore with cluster mode on. */
  public SimulatedDatastore withClusterMode(int shardCount) {
    return with(description, status, members, true, shardCount);
  }

  List<Integer> shardNumbers() {
    return IntStream.rangeClosed(1, shards).boxed().toList();
  }

  /** The slots of one shard, the whole range being shared out evenly. */
  String slotsOf(int shard) {
    int first = SLOTS * (shard - 1) / shards;
    int next = SLOTS * shard / shards;
    return first + "-" + (next - 1);
  }

  private SimulatedDatastore with(
      String newDescription,
      String newStatus,
      List<Member> newMembers,
      boolean newClusterEnabled,
      int newShards) {
    return new SimulatedDatastore(
        globalReplicationGroupId,
        newDescription,
        newStatus,
        cacheNodeType,
        engine,
        engineVersion,
        newMembers,
        newClusterEnabled,
        newShards,
        authTokenEnabled,
        transitEncryptionEnabled,
        atRestEncryptionEnabled);
  }

  private static void demand(Pattern shape, String wanted, String value) {
    if (!shape.matcher(value).matches()) {
      throw new IllegalArgumentException("'%s' is not %s.".formatted(value, wanted));
    }
  }
}
