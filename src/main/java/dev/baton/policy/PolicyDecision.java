package dev.baton.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What the policy in force says about a request.
 *
 * @param outcome REFUSED if any rule refused
 * @param rules what each rule answered that concerns the request, in the document's order
 */
public record PolicyDecision(RuleOutcome outcome, List<RuleResult> rules) {

  public PolicyDecision {
    rules = List.copyOf(rules);
    if (outcome != outcomeOf(rules)) {
      throw new IllegalArgumentException(
          "the outcome must be %s, as the rules say, but is %s"
              .formatted(outcomeOf(rules), outcome));
    }
  }

  static PolicyDecision of(List<RuleResult> rules) {
    return new PolicyDecision(outcomeOf(rules), rules);
  }

  private static RuleOutcome outcomeOf(List<RuleResult> rules) {
    var refused = rules.stream().anyMatch(rule -> rule.outcome() == RuleOutcome.REFUSED);
    return refused ? RuleOutcome.REFUSED : RuleOutcome.PASSED;
  }

  /** Whether any rule refused. Left out of JSON, where the outcome says it. */
  @JsonIgnore
  public boolean isRefused() {
    return outcome == RuleOutcome.REFUSED;
  }

  /** What the rules answered that refused. */
  public List<RuleResult> refusals() {
    return rules.stream().filter(rule -> rule.outcome() == RuleOutcome.REFUSED).toList();
  }
}
