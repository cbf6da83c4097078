package dev.baton.simulator;

import dev.baton.simulator.SimulatedDatastore.Member;
import java.util.List;

/** Writes a Global datastore with every field ElastiCache gives it. */
record DatastoreXml(String accountId) {

  void write(XmlAnswer xml, SimulatedDatastore datastore, boolean showMembers) {
    String id = datastore.globalReplicationGroupId();
    List<Member> members = showMembers ? datastore.members() : List.of();
    xml.text("GlobalReplicationGroupId", id)
        .text("GlobalReplicationGroupDescription", datastore.description())
        .text("Status", datastore.status())
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

  private static void write(XmlAnswer xml, Member member) {
    xml.text("ReplicationGroupId", member.replicationGroupId())
        .text("ReplicationGroupRegion", member.region())
        .text("Role", member.role().name())
        .text("AutomaticFailover", member.automaticFailover())
        .text("Status", member.status());
  }
}
