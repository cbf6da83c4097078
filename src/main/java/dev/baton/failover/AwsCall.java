package dev.baton.failover;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.baton.core.FailoverMode;
import dev.baton.core.Region;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/**
 * The call to AWS that carries out a failover, in AWS's words.
 *
 * @param action the action of ElastiCache's API
 * @param region the Region whose endpoint is called
 * @param parameters the action's parameters
 */
@Schema(name = "AwsCall")
@JsonPropertyOrder({"action", "region", "parameters"})
record AwsCall(String action, Region region, Map<String, String> parameters) {

  static AwsCall of(Failover failover) {
    var isDetach = failover.mode() == FailoverMode.DETACH;
    return new AwsCall(
        action(failover.mode()),
        failover.targetRegion(),
        Map.of(
            "GlobalReplicationGroupId",
            failover.globalReplicationGroupId().value(),
            isDetach ? "ReplicationGroupRegion" : "PrimaryRegion",
            failover.targetRegion().name(),
            isDetach ? "ReplicationGroupId" : "PrimaryReplicationGroupId",
            failover.targetReplicationGroupId().value()));
  }

  static String action(FailoverMode mode) {
    return switch (mode) {
      case SWITCHOVER, FAILOVER -> "FailoverGlobalReplicationGroup";
      case DETACH -> "DisassociateGlobalReplicationGroup";
    };
  }
}
