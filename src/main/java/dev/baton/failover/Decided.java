package dev.baton.failover;

import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.Judgement;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;
import java.util.List;

/**
 * What policy said, and what it went by.
 *
 * @param demanded all the approvals that it demands, also those that were given
 */
record Decided(Judgement judgement, PolicyFacts facts, List<ApprovalDemand> demanded) {

  Decided {
    demanded = List.copyOf(demanded);
  }

  PolicyDecision decision() {
    return judgement.decision();
  }
}
