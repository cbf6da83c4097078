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
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A policy that lets everything pass, but for a while. */
final class ChangingPolicies implements Policies, Policy {
  private final Timeline timeline;
  private Instant refusesFrom = Instant.MAX;
  private Instant refusesUntil = Instant.MAX;

  ChangingPolicies(Timeline timeline) {
    this.timeline = timeline;
  }

  void refuse(Instant from, Instant until) {
    refusesFrom = from;
    refusesUntil = until;
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
    var decision =
        !now.isBefore(refusesFrom) && now.isBefore(refusesUntil)
            ? new PolicyDecision(
                DecisionOutcome.REFUSED,
                List.of(new RuleResult("frozen", "p", 1, RuleOutcome.REFUSED, "", "", "wait")))
            : new PolicyDecision(DecisionOutcome.PASSED, List.of());
    return new Judgement(decision, List.of(), List.of());
  }

  @Override
  public List<ApprovalDemand> awaits(PolicyRequest request) {
    return List.of();
  }

  @Override
  public Set<Fact> looksAt(PolicyRequest request) {
    return Set.of();
  }
}
