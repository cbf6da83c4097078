package dev.baton.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be asked of the simulator itself, in words and JSON: by HTTP or when it starts. */
final class Control {

  static final String REQUESTS =
      "GET health, calls, datastores, promotions, faults, regions; POST datastores, disguises,"
          + " faults, regions, promotion-plan, rules, replication-lag, release, reset;"
          + " PUT datastores; DELETE faults";

  private static final Map<String, Boolean> CHANGED = Map.of("changed", true);

  private final Simulator simulator;

  Control(Simulator simulator) {
    this.simulator = simulator;
  }

  /** A list in an answer. */
  record Items(List<?> items) {}

  /** A Region with its conditions, as they are shown. */
  private record ShownRegion(String region, RegionConditions conditions) {}

  /** A fault that has not struck yet, as it is shown. */
  private record ShownFault(FaultKind kind, Injection injection) {}

  private record Promotions(int total, List<Count> datastores) {}

  private record Count(String globalReplicationGroupId, int effectivePromotions) {}

  /** Empty where there is no such request. */
  Optional<Object> answer(String methodAndName, byte[] body) {
    return Optional.ofNullable(
        switch (methodAndName) {
          case "GET health" -> Map.of("status", "UP");
          case "GET calls" -> new Items(simulator.calls());
          case "GET datastores" -> new Items(simulator.datastores());
          case "GET promotions" -> promotions();
          case "GET faults" ->
              new Items(
                  simulator.faults().stream()
                      .map(fault -> new ShownFault(FaultKind.of(fault.fault()), fault))
                      .toList());
          case "GET regions" ->
              new Items(
                  simulator.unusualRegions().entrySet().stream()
                      .map(region -> new ShownRegion(region.getKey(), region.getValue()))
                      .toList());
          case "POST release" -> Map.of("released", simulator.release());
          case "POST reset" -> {
            simulator.reset();
            yield Map.of("reset", true);
          }
          case "DELETE faults" -> {
            simulator.clearFaults();
            yield Map.of("cleared", true);
          }
          default -> changed(methodAndName, body) ? outcome(methodAndName) : null;
        });
  }

  private boolean changed(String methodAndName, byte[] body) {
    switch (methodAndName) {
      case "POST datastores" ->
          simulator.add(ControlJson.read(body, ControlRequest.Datastore.class).toDatastore());
      case "PUT datastores" ->
          simulator.replace(ControlJson.read(body, ControlRequest.Datastore.class).toDatastore());
      case "POST disguises" -> ControlJson.read(body, DisguiseRequest.class).applyTo(simulator);
      case "POST faults" ->
          simulator.inject(ControlJson.read(body, FaultRequest.class).toInjection());
      case "POST regions" -> ControlJson.read(body, RegionRequest.class).applyTo(simulator);
      case "POST replication-lag" ->
          ControlJson.read(body, ControlRequest.Lag.class).applyTo(simulator);
      case "POST promotion-plan" ->
          simulator.promotionsGo(ControlJson.read(body, ControlRequest.Plan.class).toPlan());
      case "POST rules" -> ControlJson.read(body, ControlRequest.Rules.class).applyTo(simulator);
      default -> {
        return false;
      }
    }
    return true;
  }

  private Object outcome(String methodAndName) {
    return switch (methodAndName) {
      case "POST datastores", "PUT datastores" -> new Items(simulator.datastores());
      case "POST faults" -> Map.of("injected", true);
      default -> CHANGED;
    };
  }

  private Promotions promotions() {
    List<Count> counts =
        simulator.datastores().stream()
            .map(snapshot ->
                new Count(
                    snapshot.datastore().globalReplicationGroupId(),
                    snapshot.effectivePromotions()))
            .toList();
    return new Promotions(counts.stream().mapToInt(Count::effectivePromotions).sum(), counts);
  }
}
