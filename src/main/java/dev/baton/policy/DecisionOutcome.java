package dev.baton.policy;

import java.util.Collection;

/** What comes of all the rules' answers together. */
public enum DecisionOutcome {
  /** No rule stands against it. */
  PASSED,
  /** No rule refused, but people have to approve first. */
  NEEDS_APPROVAL,
  /** At least one rule refused. */
  REFUSED;

  static DecisionOutcome of(Collection<RuleResult> rules) {
    var worst = PASSED;
    for (var rule : rules) {
      switch (rule.outcome()) {
        case REFUSED -> {
          return REFUSED;
        }
        case NEEDS_APPROVAL -> worst = NEEDS_APPROVAL;
        case PASSED, OVERRIDDEN, WARNED -> {}
      }
    }
    return worst;
  }
}
