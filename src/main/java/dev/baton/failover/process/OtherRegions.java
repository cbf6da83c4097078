package dev.baton.failover.process;

import dev.baton.core.Region;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How it stands with the endpoints of the Regions beside the target.
 *
 * @param served those that Baton can ask at all
 * @param answered when the describe began by which each of them showed the Global datastore last
 * @param silent those that were asked just now and did not show it
 */
public record OtherRegions(Set<Region> served, Map<Region, Instant> answered, Set<Region> silent) {

  public OtherRegions {
    served = Set.copyOf(served);
    answered = Map.copyOf(answered);
    silent = Set.copyOf(silent);
  }

  public OtherRegions withAnswer(Region region, Instant beganAt) {
    var changed = new HashMap<>(answered);
    changed.merge(region, beganAt, (one, other) -> one.isAfter(other) ? one : other);
    return new OtherRegions(served, changed, silent);
  }

  public OtherRegions withSilence(Region region) {
    var changed = new HashSet<>(silent);
    changed.add(region);
    return new OtherRegions(served, answered, changed);
  }

  public boolean hasAnswered(Region region, Duration factsAge, Instant now) {
    var beganAt = answered.get(region);
    return beganAt != null && !beganAt.plus(factsAge).isBefore(now);
  }

  public boolean isSilent(Region region) {
    return silent.contains(region);
  }

  /** The members' Regions whose endpoints can be called, in the order of the members. */
  public List<Region> endpoints(GlobalDatastore datastore) {
    return datastore.members().stream()
        .map(Member::region)
        .filter(served::contains)
        .distinct()
        .toList();
  }
}
