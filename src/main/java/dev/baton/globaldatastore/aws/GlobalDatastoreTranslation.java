package dev.baton.globaldatastore.aws;

import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.model.GlobalNodeGroup;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupMember;

/** AWS's words in ours. Ids that are none are refused with an IllegalArgumentException. */
final class GlobalDatastoreTranslation {

  private GlobalDatastoreTranslation() {}

  static GlobalDatastore translated(GlobalReplicationGroup group) {
    return new GlobalDatastore(
        new GlobalDatastoreId(text(group.globalReplicationGroupId())),
        text(group.globalReplicationGroupDescription()),
        text(group.status()),
        text(group.cacheNodeType()),
        text(group.engine()),
        text(group.engineVersion()),
        group.members().stream().map(GlobalDatastoreTranslation::translated).toList(),
        isTrue(group.clusterEnabled()),
        group.globalNodeGroups().stream().map(GlobalDatastoreTranslation::translated).toList(),
        isTrue(group.authTokenEnabled()),
        isTrue(group.transitEncryptionEnabled()),
        isTrue(group.atRestEncryptionEnabled()),
        text(group.arn()));
  }

  private static Member translated(GlobalReplicationGroupMember member) {
    return new Member(
        new ReplicationGroupId(text(member.replicationGroupId())),
        new Region(text(member.replicationGroupRegion())),
        text(member.role()),
        text(member.automaticFailoverAsString()),
        text(member.status()));
  }

  private static dev.baton.globaldatastore.GlobalNodeGroup translated(GlobalNodeGroup shard) {
    return new dev.baton.globaldatastore.GlobalNodeGroup(
        text(shard.globalNodeGroupId()), text(shard.slots()));
  }

  private static String text(@Nullable String given) {
    return Objects.requireNonNullElse(given, "");
  }

  private static boolean isTrue(@Nullable Boolean given) {
    return Boolean.TRUE.equals(given);
  }
}
