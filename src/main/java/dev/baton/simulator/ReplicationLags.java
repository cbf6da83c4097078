package dev.baton.simulator;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/** How far the secondaries of each Global datastore are behind, in seconds. */
final class ReplicationLags {

  /** AWS calls less than a second usual. */
  static final double USUAL = 0.4;

  private final Map<String, OptionalDouble> changed = new ConcurrentHashMap<>();

  void become(String globalReplicationGroupId, OptionalDouble seconds) {
    changed.put(globalReplicationGroupId, seconds);
  }

  void clear() {
    changed.clear();
  }

  /** Empty where CloudWatch has no data. */
  OptionalDouble of(String globalReplicationGroupId) {
    return changed.getOrDefault(globalReplicationGroupId, OptionalDouble.of(USUAL));
  }
}
