package dev.baton.simulator;

import dev.baton.simulator.SimulatedDatastore.Member;
import dev.baton.simulator.SimulatedDatastore.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bodies of the control API; what is left out has the value a test would most often want. */
sealed interface ControlRequest {

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
          required("members", members).stream().map(NewMember::toMember).toArray(Member[]::new);
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

  /** The faults by name. */
  enum Kind {
    HOLD,
    HOLD_AFTER,
    CUT_BEFORE,
    CUT_AFTER,
    ERROR,
    ERROR_AFTER,
    THROTTLE
  }

  record Injected(
      @Nullable Kind kind,
      @Nullable String action,
      @Nullable String region,
      @Nullable String globalReplicationGroupId,
      @Nullable Integer times,
      @Nullable Integer status,
      @Nullable String code,
      @Nullable String message)
      implements ControlRequest {

    Injection toInjection() {
      return new Injection(
          toFault(),
          Optional.ofNullable(action),
          Optional.ofNullable(region),
          Optional.ofNullable(globalReplicationGroupId),
          otherwise(times, 1));
    }

    private Fault toFault() {
      return switch (required("kind", kind)) {
        case HOLD -> Fault.hold();
        case HOLD_AFTER -> Fault.holdAfter();
        case CUT_BEFORE -> Fault.cutBefore();
        case CUT_AFTER -> Fault.cutAfter();
        case ERROR -> error(Fault.When.BEFORE);
        case ERROR_AFTER -> error(Fault.When.AFTER);
        case THROTTLE -> Fault.throttle();
      };
    }

    private Fault error(Fault.When when) {
      return new Fault.Failure(
          when,
          otherwise(status, 500),
          otherwise(code, "InternalFailure"),
          otherwise(message, "Injected."));
    }
  }

  /** A Region and its darkness; none: it is lit. */
  record Light(@Nullable String region, @Nullable Darkness darkness) implements ControlRequest {

    void applyTo(Simulator simulator) {
      String name = required("region", region);
      if (darkness == null) {
        simulator.lightUp(name);
      } else {
        simulator.darken(name, darkness);
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

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("The body must have '%s'.".formatted(name));
    }
    return value;
  }

  private static <T> T otherwise(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
