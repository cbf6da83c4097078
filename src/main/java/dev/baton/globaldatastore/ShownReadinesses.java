package dev.baton.globaldatastore;

import static java.util.stream.Collectors.groupingBy;

import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The readiness that is shown along with Global datastores: as it is kept, judged by nobody. */
@Component
class ShownReadinesses {
  private final ReadinessTable table;

  ShownReadinesses(ReadinessTable table) {
    this.table = table;
  }

  /** The levels of the targets of some Global datastores. */
  record ShownReadiness(Map<Observations.Key, Map<Region, ReadinessLevel>> levels) {

    Map<Region, ReadinessLevel> of(Observation seen) {
      return levels.getOrDefault(
          new Observations.Key(seen.accountId(), seen.datastore().id()), Map.of());
    }

    /** Empty where none is kept. */
    Optional<ReadinessLevel> worstOf(Observation seen) {
      return Optional.of(of(seen).values())
          .filter(all -> !all.isEmpty())
          .map(ReadinessLevel::worst);
    }
  }

  /** With as many statements as there are accounts among them. */
  ShownReadiness of(List<Observation> shown) {
    var levels = new HashMap<Observations.Key, Map<Region, ReadinessLevel>>();
    shown.stream()
        .collect(groupingBy(Observation::accountId))
        .forEach((account, all) ->
            table
                .of(account, all.stream().map(seen -> seen.datastore().id()).toList())
                .values()
                .forEach(kept ->
                    levels
                        .computeIfAbsent(
                            new Observations.Key(account, kept.target().datastore()),
                            _ -> new HashMap<>())
                        .put(kept.target().region(), kept.readiness().level())));
    return new ShownReadiness(levels);
  }
}
