package dev.baton.simulator;

import java.util.Optional;

/**
 * A fault and the calls it strikes: the first injected one that matches a call strikes it.
 *
 * @param action the action it strikes, any if empty
 * @param region the Region it strikes, any if empty
 * @param globalReplicationGroupId the Global datastore it strikes, any if empty
 * @param times how many calls it strikes
 */
public record Injection(
    Fault fault,
    Optional<String> action,
    Optional<String> region,
    Optional<String> globalReplicationGroupId,
    int times) {

  public Injection {
    if (times < 1) {
      throw new IllegalArgumentException(
          "A fault strikes %d times; it must strike at least once.".formatted(times));
    }
  }

  /** Strikes the next call, whatever it is. */
  public static Injection of(Fault fault) {
    return new Injection(fault, Optional.empty(), Optional.empty(), Optional.empty(), 1);
  }

  /** Strikes calls of this action only. */
  public Injection on(String onlyAction) {
    return new Injection(fault, Optional.of(onlyAction), region, globalReplicationGroupId, times);
  }

  /** Strikes calls to this Region only. */
  public Injection in(String onlyRegion) {
    return new Injection(fault, action, Optional.of(onlyRegion), globalReplicationGroupId, times);
  }

  /** Strikes calls about this Global datastore only. */
  public Injection about(String onlyGlobalReplicationGroupId) {
    return new Injection(fault, action, region, Optional.of(onlyGlobalReplicationGroupId), times);
  }

  /** Strikes so many calls. */
  public Injection times(int count) {
    return new Injection(fault, action, region, globalReplicationGroupId, count);
  }

  /** Strikes until the faults are cleared. */
  public Injection always() {
    return times(Integer.MAX_VALUE);
  }

  boolean strikes(QueryRequest request) {
    return action.map(request.action()::equals).orElse(true)
        && region.map(request.region()::equals).orElse(true)
        && globalReplicationGroupId
            .map(id -> request.optional("GlobalReplicationGroupId").equals(Optional.of(id)))
            .orElse(true);
  }
}
