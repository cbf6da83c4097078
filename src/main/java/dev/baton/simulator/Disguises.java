package dev.baton.simulator;

import dev.baton.simulator.Disguise.Shown;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The disguises of the Global datastores; one for a Region goes before one for all. */
final class Disguises {

  private final Map<Worn, Disguise> worn = new ConcurrentHashMap<>();

  private record Worn(String globalReplicationGroupId, Optional<String> region) {}

  void become(String globalReplicationGroupId, Optional<String> region, Disguise disguise) {
    worn.put(new Worn(globalReplicationGroupId, region), disguise);
  }

  void drop(String globalReplicationGroupId) {
    worn.keySet().removeIf(key -> key.globalReplicationGroupId().equals(globalReplicationGroupId));
  }

  void clear() {
    worn.clear();
  }

  Shown seenFrom(String region, SimulatedDatastore truth) {
    return in(region, truth).on(truth);
  }

  Disguise in(String region, SimulatedDatastore truth) {
    String id = truth.globalReplicationGroupId();
    Disguise everywhere = worn.getOrDefault(new Worn(id, Optional.empty()), Disguise.none());
    return worn.getOrDefault(new Worn(id, Optional.of(region)), everywhere);
  }
}
