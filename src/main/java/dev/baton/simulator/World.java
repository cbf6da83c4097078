package dev.baton.simulator;

import dev.baton.simulator.SimulatedDatastore.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All Global datastores of the simulated account: an immutable value. Every change makes a new
 * world or throws the error ElastiCache would answer with.
 */
record World(NavigableMap<String, DatastoreState> datastores) {

  World {
    datastores = Collections.unmodifiableNavigableMap(new TreeMap<>(datastores));
  }

  /**
   * A replication group as DescribeReplicationGroups shows it.
   *
   * @param role its role, empty for one that has left its Global datastore
   */
  record ReplicationGroup(
      Member member, SimulatedDatastore origin, Optional<SimulatedDatastore.Role> role) {

    String id() {
      return member.replicationGroupId();
    }
  }

  static World empty() {
    return new World(new TreeMap<>());
  }

  World with(SimulatedDatastore datastore) {
    String id = datastore.globalReplicationGroupId();
    if (datastores.containsKey(id)) {
      throw new IllegalArgumentException(
          id + " is in the simulated world already; give the new one another id.");
    }
    for (Member member : datastore.members()) {
      for (DatastoreState other : datastores.values()) {
        if (other.datastore().members().stream()
            .anyMatch(taken -> taken.is(member.replicationGroupId(), member.region()))) {
          throw new IllegalArgumentException(
              "Replication group %s in %s belongs to %s already; give %s's another id."
                  .formatted(
                      member.replicationGroupId(),
                      member.region(),
                      other.datastore().globalReplicationGroupId(),
                      id));
        }
      }
    }
    return with(id, DatastoreState.of(datastore));
  }

  /** This world with the datastore in place of the one of the same id, if there is one. */
  World replacing(SimulatedDatastore datastore) {
    String id = datastore.globalReplicationGroupId();
    NavigableMap<String, DatastoreState> others = new TreeMap<>(datastores);
    int promotions =
        Optional.ofNullable(others.remove(id)).map(DatastoreState::effectivePromotions).orElse(0);
    World placed = new World(others).with(datastore);
    return placed.with(id, placed.state(id).counting(promotions));
  }

  World promote(
      String id,
      String throughRegion,
      String region,
      String replicationGroupId,
      AwsRules rules,
      Instant now) {
    DatastoreState changed =
        seenFrom(throughRegion, id, now).promote(region, replicationGroupId, rules, now);
    return with(id, changed);
  }

  World disassociate(
      String id,
      String throughRegion,
      String region,
      String replicationGroupId,
      AwsRules rules,
      Instant now) {
    DatastoreState changed =
        seenFrom(throughRegion, id, now).disassociate(region, replicationGroupId, rules, now);
    return with(id, changed);
  }

  SimulatedDatastore at(String id, Instant now) {
    return state(id).at(now);
  }

  /** What of a datastore a Region shows: only where it has a member. */
  DatastoreState seenFrom(String region, String id, Instant now) {
    return Optional.ofNullable(datastores.get(id))
        .filter(state -> state.hasMemberIn(region, now))
        .orElseThrow(() -> QueryError.datastoreNotFound(id, region));
  }

  List<DatastoreState> seenFrom(String region, Instant now) {
    return datastores.values().stream().filter(state -> state.hasMemberIn(region, now)).toList();
  }

  List<ReplicationGroup> replicationGroups(String region, Instant now) {
    return replicationGroups(member -> member.region().equals(region), now);
  }

  /** Those of this id: one, or none. */
  List<ReplicationGroup> replicationGroups(String region, String id, Instant now) {
    return replicationGroups(
        member -> member.region().equals(region) && member.replicationGroupId().equals(id), now);
  }

  /** What does not concern them is not worked out. */
  private List<ReplicationGroup> replicationGroups(Predicate<Member> isWanted, Instant now) {
    List<ReplicationGroup> groups = new ArrayList<>();
    for (DatastoreState state : datastores.values()) {
      if (state.datastore().members().stream().anyMatch(isWanted)) {
        SimulatedDatastore datastore = state.at(now);
        datastore
            .members()
            .forEach(member ->
                groups.add(new ReplicationGroup(member, datastore, Optional.of(member.role()))));
        state
            .departedAt(now)
            .forEach(
                member -> groups.add(new ReplicationGroup(member, datastore, Optional.empty())));
      }
    }
    return groups.stream()
        .filter(group -> isWanted.test(group.member()))
        .sorted(Comparator.comparing(ReplicationGroup::id))
        .toList();
  }

  private World with(String id, DatastoreState state) {
    NavigableMap<String, DatastoreState> changed = new TreeMap<>(datastores);
    changed.put(id, state);
    return new World(changed);
  }

  private DatastoreState state(String id) {
    return Optional.ofNullable(datastores.get(id)).orElseThrow();
  }
}
