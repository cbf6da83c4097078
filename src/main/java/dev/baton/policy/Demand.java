package dev.baton.policy;

import java.util.Set;

/** What a rule demands of the requests it matches. Every answer is a pure function. */
sealed interface Demand
    permits AllowedModes,
        AllowedTargetRegions,
        Approvals,
        CoolDown,
        Expressed,
        FreezeWindows,
        MaxConcurrent,
        MaxReplicationLag,
        Released,
        RequiredExpectedPrimary,
        RequiredReadiness,
        RequiredReference,
        Soak {

  Finding judge(Question question);

  /** What to do if it isn't met. It proposes no other request but one that {@code ways} allows. */
  String remedy(Question question, Ways ways);

  /** The facts that make a difference to it and take time to find out. */
  default Set<Fact> looksAt() {
    return Set.of();
  }
}
