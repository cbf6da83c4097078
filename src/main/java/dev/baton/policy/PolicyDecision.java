package dev.baton.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the policy in force says about a request.
 *
 * @param outcome REFUSED if any rule refused; otherwise NEEDS_APPROVAL if any rule demands approval
 * @param rules what each rule answered that concerns the request, by the policies' names and in
 *     each document's order
 */
public record PolicyDecision(DecisionOutcome outcome, List<RuleResult> rules) {

  public PolicyDecision {
    rules = List.copyOf(rules);
    if (outcome != DecisionOutcome.of(rules)) {
      throw new IllegalArgumentException(
          "the outcome must be %s, as the rules say, but is %s"
              .formatted(DecisionOutcome.of(rules), outcome));
    }
  }

  static PolicyDecision of(List<RuleResult> rules) {
    return new PolicyDecision(DecisionOutcome.of(rules), rules);
  }

  /**
   * Whether the request may go ahead: no rule stands against it. Where an approval is demanded it
   * may not, as long as nobody can give one. Left out of JSON, where the outcome says it.
   */
  @JsonIgnore
  public boolean isAllowed() {
    return outcome == DecisionOutcome.PASSED;
  }

  /** Whether nothing but holds refuses it: whatever else is missing can still be asked for. */
  @JsonIgnore
  public boolean isHeld() {
    return outcome == DecisionOutcome.REFUSED
        && rules.stream()
            .filter(rule -> rule.outcome() == RuleOutcome.REFUSED)
            .allMatch(rule -> rule.policy().equals(StandingHold.POLICY));
  }

  /** What is otherwise than in a decision on the same request before, by policy and rule. */
  public List<DecisionChange> changesSince(PolicyDecision before) {
    return Stream.concat(before.rules.stream(), rules.stream())
        .map(result -> new Name(result.policy(), result.rule()))
        .distinct()
        .map(name ->
            DecisionChange.between(
                before.answer(name.policy(), name.rule()), answer(name.policy(), name.rule())))
        .filter(DecisionChange::isOne)
        .toList();
  }

  private record Name(String policy, String rule) {}

  /** What a rule of a policy answered; empty if it does not concern the request. */
  public Optional<RuleResult> answer(String policy, String rule) {
    return rules.stream()
        .filter(it -> it.policy().equals(policy) && it.rule().equals(rule))
        .findFirst();
  }

  /** What the rules answered that keeps the request from going ahead. */
  public List<RuleResult> refusals() {
    return rules.stream().filter(rule -> rule.outcome().standsAgainst()).toList();
  }
}
