package dev.baton.simulator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The present world and the ones before it, so that a Region can show how things were. */
final class Worlds {

  /** Enough for any test; a simulator left running for weeks must not fill its memory. */
  private static final int MOST = 1_000;

  private final Map<String, SimulatedDatastore> originals = new LinkedHashMap<>();
  private final Deque<Version> versions = new ArrayDeque<>();

  private record Version(Instant since, World world) {}

  Worlds() {
    versions.add(new Version(Instant.MIN, World.empty()));
  }

  synchronized World present() {
    return versions.getLast().world();
  }

  synchronized World at(Instant instant) {
    World world = versions.getFirst().world();
    for (Version version : versions) {
      if (!version.since().isAfter(instant)) {
        world = version.world();
      }
    }
    return world;
  }

  /** What is put into the world has been there always: a Region that is behind knows it too. */
  synchronized void add(SimulatedDatastore datastore) {
    present().with(datastore);
    everywhere(world -> world.with(datastore));
    originals.put(datastore.globalReplicationGroupId(), datastore);
  }

  synchronized void replace(SimulatedDatastore datastore) {
    present().replacing(datastore);
    everywhere(world -> world.replacing(datastore));
    originals.put(datastore.globalReplicationGroupId(), datastore);
  }

  synchronized World change(Instant now, UnaryOperator<World> change) {
    World changed = change.apply(present());
    versions.addLast(new Version(now, changed));
    if (versions.size() > MOST) {
      versions.removeFirst();
    }
    return changed;
  }

  /** Puts every datastore back to how it was added. */
  synchronized void reset() {
    World world = World.empty();
    for (SimulatedDatastore original : originals.values()) {
      world = world.with(original);
    }
    versions.clear();
    versions.add(new Version(Instant.MIN, world));
  }

  private void everywhere(UnaryOperator<World> change) {
    Deque<Version> changed = new ArrayDeque<>();
    versions.forEach(
        version -> changed.add(new Version(version.since(), change.apply(version.world()))));
    versions.clear();
    versions.addAll(changed);
  }
}
