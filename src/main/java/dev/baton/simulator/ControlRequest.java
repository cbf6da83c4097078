package dev.baton.simulator;

import dev.baton.simulator.SimulatedDatastore.Member;
import dev.baton.simulator.SimulatedDatastore.Role;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of the control API; what is left out has the value a test would most often want. */
sealed interface ControlRequest
    permits ControlRequest.Datastore,
        ControlRequest.Lag,
        ControlRequest.Plan,
        ControlRequest.Rules,
        DisguiseRequest,
        FaultRequest,
        RegionRequest {

  record Datastore(
      @Nullable String globalReplicationGroupId,
      @Nullable String description,
      @Nullable String status,
      @Nullable Integer shards,
      @Nullable Boolean clusterEnabled,
      @Nullable List<NewMember> members)
      implements ControlRequest {

    SimulatedDatastore toDatastore() {
      Member[] given =
          required("members", members).stream()
              .map(member -> required("members", member))
              .map(NewMember::toMember)
              .toArray(Member[]::new);
      SimulatedDatastore datastore =
          SimulatedDatastore.of(
              required("globalReplicationGroupId", globalReplicationGroupId), given);
      if (clusterEnabled != null && clusterEnabled) {
        datastore = datastore.withClusterMode(otherwise(shards, 1));
      }
      return datastore
          .withDescription(otherwise(description, datastore.description()))
          .withStatus(otherwise(status, datastore.status()));
    }
  }

  record NewMember(
      @Nullable String replicationGroupId,
      @Nullable String region,
      @Nullable Role role,
      @Nullable String automaticFailover,
      @Nullable String status) {

    Member toMember() {
      return new Member(
          required("members.replicationGroupId", replicationGroupId),
          required("members.region", region),
          required("members.role", role),
          otherwise(automaticFailover, "enabled"),
          otherwise(status, "associated"));
    }
  }

  /** Rules of the simulated AWS; what is left out stays as it is. */
  record Rules(
      @Nullable PresentPrimary presentPrimary,
      @Nullable Duration disassociationTime,
      @Nullable Boolean disassociatesWhilePromoting)
      implements ControlRequest {

    void applyTo(Simulator simulator) {
      if (disassociationTime != null) {
        simulator.disassociationsTake(disassociationTime);
      }
      if (presentPrimary != null) {
        simulator.presentPrimaryGets(presentPrimary);
      }
      if (disassociatesWhilePromoting != null) {
        simulator.disassociatesWhilePromoting(disassociatesWhilePromoting);
      }
    }
  }

  /** A Global datastore and how far its secondaries are behind; null: nobody has measured it. */
  record Lag(@Nullable String globalReplicationGroupId, @Nullable Double seconds)
      implements ControlRequest {

    void applyTo(Simulator simulator) {
      String id = required("globalReplicationGroupId", globalReplicationGroupId);
      if (seconds == null) {
        simulator.noReplicationLag(id);
      } else {
        simulator.replicationLag(id, seconds);
      }
    }
  }

  record Plan(
      @Nullable Duration statusDelay,
      @Nullable Duration duration,
      @Nullable FlipOrder flipOrder,
      @Nullable Duration flipGap,
      PromotionPlan.@Nullable Ending ending)
      implements ControlRequest {

    PromotionPlan toPlan() {
      PromotionPlan local = PromotionPlan.local();
      return new PromotionPlan(
          otherwise(statusDelay, local.statusDelay()),
          otherwise(duration, local.duration()),
          otherwise(flipOrder, local.flipOrder()),
          otherwise(flipGap, local.flipGap()),
          otherwise(ending, local.ending()));
    }
  }

  static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("The body must have '%s'.".formatted(name));
    }
    return value;
  }

  static <T> T otherwise(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
