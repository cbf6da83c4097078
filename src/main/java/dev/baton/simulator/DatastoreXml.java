package dev.baton.simulator;

import dev.baton.simulator.Disguise.Shown;
import dev.baton.simulator.Disguise.ShownMember;
import java.util.List;

/** Writes a Global datastore with every field ElastiCache gives it. */
record DatastoreXml(String accountId) {

  void write(XmlAnswer xml, Shown shown, boolean showMembers) {
    SimulatedDatastore datastore = shown.datastore();
    String id = datastore.globalReplicationGroupId();
    List<ShownMember> members = showMembers ? shown.members() : List.of();
    xml.text("GlobalReplicationGroupId", id)
        .text("GlobalReplicationGroupDescription", datastore.description())
        .text("Status", shown.status())
        .text("CacheNodeType", datastore.cacheNodeType())
        .text("Engine", datastore.engine())
        .text("EngineVersion", datastore.engineVersion())
        .list("Members", "GlobalReplicationGroupMember", members, member -> write(xml, member))
        .flag("ClusterEnabled", datastore.clusterEnabled())
        .list(
            "GlobalNodeGroups",
            "GlobalNodeGroup",
            datastore.shardNumbers(),
            shard ->
                xml.text("GlobalNodeGroupId", "%s-%04d".formatted(id, shard))
                    .text("Slots", datastore.slotsOf(shard)))
        .flag("AuthTokenEnabled", datastore.authTokenEnabled())
        .flag("TransitEncryptionEnabled", datastore.transitEncryptionEnabled())
        .flag("AtRestEncryptionEnabled", datastore.atRestEncryptionEnabled())
        .text("ARN", "arn:aws:elasticache::%s:globalreplicationgroup:%s".formatted(accountId, id));
  }

  private static void write(XmlAnswer xml, ShownMember member) {
    xml.text("ReplicationGroupId", member.replicationGroupId())
        .text("ReplicationGroupRegion", member.region())
        .text("Role", member.role())
        .text("AutomaticFailover", member.automaticFailover())
        .text("Status", member.status());
  }
}
