package dev.baton.simulator;

import dev.baton.simulator.World.ReplicationGroup;
import java.util.List;
import java.util.Map;

/** Writes a replication group as DescribeReplicationGroups shows it, endpoints included. */
record ReplicationGroupXml(String accountId, String region) {

  private static final int PORT = 6379;
  private static final Map<String, String> DIRECTIONS =
      Map.of(
          "north",
          "n",
          "south",
          "s",
          "east",
          "e",
          "west",
          "w",
          "central",
          "c",
          "northeast",
          "ne",
          "southeast",
          "se",
          "northwest",
          "nw",
          "southwest",
          "sw");

  void write(XmlAnswer xml, ReplicationGroup group, Disguise disguise) {
    SimulatedDatastore origin = group.origin();
    boolean clusterEnabled = origin.clusterEnabled();
    xml.text("ReplicationGroupId", group.id())
        .text("Description", origin.description())
        .element(
            "GlobalReplicationGroupInfo",
            info ->
                group
                    .role()
                    .ifPresent(role ->
                        info.text("GlobalReplicationGroupId", origin.globalReplicationGroupId())
                            .text("GlobalReplicationGroupMemberRole", role.name())))
        .text("Status", statusOf(group))
        .list("MemberClusters", "ClusterId", clusters(group), id -> xml.characters(id))
        .list(
            "NodeGroups", "NodeGroup", origin.shardNumbers(), shard -> nodeGroup(xml, group, shard))
        .text("AutomaticFailover", group.member().automaticFailover())
        .text("MultiAZ", "disabled");
    if (clusterEnabled) {
      endpoint(xml, "ConfigurationEndpoint", "clustercfg." + group.id(), "", origin);
    }
    xml.flag("ClusterEnabled", clusterEnabled)
        .text("CacheNodeType", disguise.nodeTypes().getOrDefault(region, origin.cacheNodeType()))
        .flag("AuthTokenEnabled", origin.authTokenEnabled())
        .flag("TransitEncryptionEnabled", origin.transitEncryptionEnabled())
        .flag("AtRestEncryptionEnabled", origin.atRestEncryptionEnabled())
        .text(
            "ARN",
            "arn:aws:elasticache:%s:%s:replicationgroup:%s"
                .formatted(region, accountId, group.id()))
        .text("ClusterMode", clusterEnabled ? "enabled" : "disabled")
        .text("Engine", disguise.engines().getOrDefault(region, origin.engine()));
  }

  private void nodeGroup(XmlAnswer xml, ReplicationGroup group, int shard) {
    SimulatedDatastore origin = group.origin();
    xml.text("NodeGroupId", "%04d".formatted(shard)).text("Status", statusOf(group));
    if (origin.clusterEnabled()) {
      xml.text("Slots", origin.slotsOf(shard));
    } else if (origin.transitEncryptionEnabled()) {
      endpoint(xml, "PrimaryEndpoint", "master." + group.id(), "", origin);
      endpoint(xml, "ReaderEndpoint", "replica." + group.id(), "", origin);
    } else {
      endpoint(xml, "PrimaryEndpoint", group.id(), ".ng.0001", origin);
      endpoint(xml, "ReaderEndpoint", group.id() + "-ro", ".ng.0001", origin);
    }
  }

  private void endpoint(
      XmlAnswer xml, String name, String host, String infix, SimulatedDatastore origin) {
    String prefix = origin.globalReplicationGroupId().substring(0, 5);
    xml.element(
        name,
        endpoint ->
            endpoint
                .text(
                    "Address",
                    "%s.%s%s.%s.cache.amazonaws.com"
                        .formatted(host, prefix, infix, shortName(region)))
                .text("Port", Integer.toString(PORT)));
  }

  private static List<String> clusters(ReplicationGroup group) {
    return group.origin().shardNumbers().stream()
        .map(shard ->
            group.origin().clusterEnabled()
                ? "%s-%04d-001".formatted(group.id(), shard)
                : group.id() + "-001")
        .toList();
  }

  private static String statusOf(ReplicationGroup group) {
    boolean changing =
        group.role().isPresent() && group.origin().status().equals(SimulatedDatastore.MODIFYING);
    return changing ? SimulatedDatastore.MODIFYING : SimulatedDatastore.AVAILABLE;
  }

  /** As AWS shortens a Region in host names: us-east-1 is use1. */
  private static String shortName(String region) {
    StringBuilder name = new StringBuilder();
    for (String part : region.split("-", -1)) {
      name.append(DIRECTIONS.getOrDefault(part, part));
    }
    return name.toString();
  }
}
