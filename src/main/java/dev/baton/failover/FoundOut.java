package dev.baton.failover;

import dev.baton.policy.Fact;
import dev.baton.policy.TargetLag;
import java.util.Set;

/**
 * What was found out ahead of a decision, because that takes time.
 *
 * @param demanded what the rules looked at that were in force then; the rest is known by chance
 *     only
 */
record FoundOut(TargetLag lag, Set<Fact> demanded) {

  /** Whether nothing is missing that rules look at which look at these. */
  boolean covers(Set<Fact> facts) {
    return !facts.contains(Fact.LAG) || demanded.contains(Fact.LAG);
  }
}
