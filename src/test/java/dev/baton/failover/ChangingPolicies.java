package dev.baton.failover;

import dev.baton.deterministic.Timeline;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.Fact;
import dev.baton.policy.Judgement;
import dev.baton.policy.Policies;
import dev.baton.policy.Policy;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;
import dev.baton.policy.PolicyRequest;
import dev.baton.policy.RuleOutcome;
import dev.baton.policy.RuleResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A policy that lets everything pass, but for a while. */
final class ChangingPolicies implements Policies, Policy {
  private final Timeline timeline;
  private Instant refusesFrom = Instant.MAX;
  private Instant refusesUntil = Instant.MAX;

  private Instant demandsFrom = Instant.MAX;
  private Instant demandsUntil = Instant.MAX;

  ChangingPolicies(Timeline timeline) {
    this.timeline = timeline;
  }

  void refuse(Instant from, Instant until) {
    refusesFrom = from;
    refusesUntil = until;
  }

  /** Somebody among the leads has to approve, for a while. */
  void demandApproval(Instant from, Instant until) {
    demandsFrom = from;
    demandsUntil = until;
  }

  @Override
  public Policy inForce() {
    return this;
  }

  @Override
  public Policy heldInForce() {
    return this;
  }

  @Override
  public Draft draft(String document) {
    throw new UnsupportedOperationException("nobody writes policies here");
  }

  @Override
  public Draft draft(String name, String document) {
    return draft(document);
  }

  @Override
  public String document(String name) {
    throw new UnsupportedOperationException("nobody reads policies here");
  }

  @Override
  public Judgement judge(PolicyRequest request, PolicyFacts facts) {
    var now = timeline.instant();
    if (!now.isBefore(refusesFrom) && now.isBefore(refusesUntil)) {
      return new Judgement(refusal("frozen", RuleOutcome.REFUSED), List.of(), List.of());
    }
    var awaited = awaits(request);
    return awaited.isEmpty()
        ? new Judgement(new PolicyDecision(DecisionOutcome.PASSED, List.of()), List.of(), List.of())
        : new Judgement(refusal("four-eyes", RuleOutcome.NEEDS_APPROVAL), List.of(), awaited);
  }

  private static PolicyDecision refusal(String rule, RuleOutcome outcome) {
    return new PolicyDecision(
        outcome == RuleOutcome.REFUSED ? DecisionOutcome.REFUSED : DecisionOutcome.NEEDS_APPROVAL,
        List.of(new RuleResult(rule, "p", 1, outcome, "", "", "wait")));
  }

  @Override
  public List<ApprovalDemand> awaits(PolicyRequest request) {
    var now = timeline.instant();
    if (now.isBefore(demandsFrom) || !now.isBefore(demandsUntil)) {
      return List.of();
    }
    var demand =
        new ApprovalDemand("four-eyes", "p", 1, 1, 0, List.of("leads"), Duration.ofSeconds(40))
            .counting(request.approvals(), request.requester().person());
    return demand.isMet() ? List.of() : List.of(demand);
  }

  @Override
  public Set<Fact> looksAt(PolicyRequest request) {
    return Set.of();
  }
}
