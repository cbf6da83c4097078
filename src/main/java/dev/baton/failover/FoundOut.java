package dev.baton.failover;

import dev.baton.policy.Fact;
import dev.baton.policy.TargetLag;
import java.util.Set;

/**
 * What was found out ahead of a decision, because that takes time.
 *
 * @param lag how far the target is behind
 * @param isLagAsked whether it was waited for; if not, it is known by chance only
 */
record FoundOut(TargetLag lag, boolean isLagAsked) {
  private static final Set<Fact> TOLD_BY_LAG = Set.of(Fact.LAG, Fact.READINESS);

  /** Whether rules that look at these facts have to know the lag. */
  static boolean needsLag(Set<Fact> facts) {
    return facts.stream().anyMatch(TOLD_BY_LAG::contains);
  }

  /** Whether nothing is missing for rules that look at these facts. */
  boolean covers(Set<Fact> facts) {
    return isLagAsked || !needsLag(facts);
  }
}
