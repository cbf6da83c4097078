package dev.baton.simulator;

import dev.baton.simulator.Disguise.ShownMember;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Global datastore and what is shown of it; nothing: the truth. */
record DisguiseRequest(
    @Nullable String globalReplicationGroupId,
    @Nullable String region,
    @Nullable String status,
    @Nullable List<DisguisedMember> members,
    @Nullable Map<String, String> roles,
    @Nullable Map<String, String> memberStatuses,
    @Nullable Map<String, String> nodeTypes,
    @Nullable Map<String, String> engines)
    implements ControlRequest {

  void applyTo(Simulator simulator) {
    String id = ControlRequest.required("globalReplicationGroupId", globalReplicationGroupId);
    Disguise disguise =
        new Disguise(
            Optional.ofNullable(status),
            Optional.ofNullable(members)
                .map(list ->
                    list.stream()
                        .map(member -> ControlRequest.required("members", member).toMember())
                        .toList()),
            checked("roles", roles),
            checked("memberStatuses", memberStatuses),
            checked("nodeTypes", nodeTypes),
            checked("engines", engines));
    if (region != null) {
      simulator.disguise(id, Limits.region("region", region), disguise);
    } else if (disguise.equals(Disguise.none())) {
      simulator.undisguise(id);
    } else {
      simulator.disguise(id, disguise);
    }
  }

  private static Map<String, String> checked(String name, @Nullable Map<String, String> map) {
    Map<String, String> given = ControlRequest.otherwise(map, Map.of());
    given.forEach((key, value) -> {
      Limits.region(name, key);
      ControlRequest.required(name + "." + key, value);
    });
    return given;
  }

  record DisguisedMember(
      @Nullable String replicationGroupId,
      @Nullable String region,
      @Nullable String role,
      @Nullable String automaticFailover,
      @Nullable String status) {

    ShownMember toMember() {
      return new ShownMember(
          ControlRequest.required("members.replicationGroupId", replicationGroupId),
          ControlRequest.required("members.region", region),
          ControlRequest.required("members.role", role),
          ControlRequest.otherwise(automaticFailover, "enabled"),
          ControlRequest.otherwise(status, "associated"));
    }
  }
}
