package dev.baton.policy;

import java.util.List;

/**
 * A decision and what follows from it.
 *
 * @param misusedOverrides the overrides that set nothing aside; they did not change the decision
 * @param approvals what the rules want that said NEEDS_APPROVAL
 */
public record Judgement(
    PolicyDecision decision,
    List<MisusedOverride> misusedOverrides,
    List<ApprovalDemand> approvals) {

  public Judgement {
    misusedOverrides = List.copyOf(misusedOverrides);
    approvals = List.copyOf(approvals);
  }
}
