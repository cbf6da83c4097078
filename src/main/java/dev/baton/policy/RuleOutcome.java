package dev.baton.policy;

/** What a rule answers. */
public enum RuleOutcome {
  PASSED,
  REFUSED
}
