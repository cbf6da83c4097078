package dev.baton.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * A rule that answers otherwise than before, or by another version of its policy.
 *
 * @param was what it answered before; empty if it did not concern the request, or was not there
 * @param versionBefore the version of the policy that it stood in then
 * @param outcome what it answers now; empty if it no longer concerns the request, or is gone
 * @param version the version of the policy that it stands in now
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DecisionChange(
    String rule,
    String policy,
    Optional<RuleOutcome> was,
    Optional<Integer> versionBefore,
    Optional<RuleOutcome> outcome,
    Optional<Integer> version) {

  static DecisionChange between(Optional<RuleResult> before, Optional<RuleResult> after) {
    var one = after.or(() -> before).orElseThrow();
    return new DecisionChange(
        one.rule(),
        one.policy(),
        before.map(RuleResult::outcome),
        before.map(RuleResult::version),
        after.map(RuleResult::outcome),
        after.map(RuleResult::version));
  }

  boolean isOne() {
    return !was.equals(outcome) || !versionBefore.equals(version);
  }
}
