package dev.baton.policy;

import java.util.List;

/** A policy as it stands in its document. */
record PolicyDocument(String name, int version, List<Rule> rules) implements Policies {

  PolicyDocument {
    rules = List.copyOf(rules);
  }

  @Override
  public PolicyDecision evaluate(PolicyRequest request, PolicyFacts facts) {
    Ways ways = other -> rules.stream().allMatch(rule -> rule.allows(other, facts));
    return PolicyDecision.of(
        rules.stream()
            .filter(rule -> rule.match().concerns(request))
            .map(rule -> ask(rule, request, facts, ways))
            .toList());
  }

  @Override
  public boolean looksAtLag(PolicyRequest request) {
    return rules.stream()
        .filter(rule -> rule.match().concerns(request))
        .anyMatch(rule -> rule.demand().looksAtLag());
  }

  private RuleResult ask(Rule rule, PolicyRequest request, PolicyFacts facts, Ways ways) {
    var demand = rule.demand();
    var isMet = demand.isMet(request, facts);
    return new RuleResult(
        rule.name(),
        name,
        version,
        isMet ? RuleOutcome.PASSED : RuleOutcome.REFUSED,
        demand.seen(request, facts),
        demand.demanded(request, facts),
        isMet ? "" : demand.remedy(request, facts, ways));
  }
}
