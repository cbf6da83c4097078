package dev.baton.policy;

/** What a rule answers. */
public enum RuleOutcome {
  /** What it demands is so. */
  PASSED,
  /** What it demands is not so. */
  REFUSED,
  /** People have to approve first. */
  NEEDS_APPROVAL,
  /** It would have refused, or asked for approval, but the request sets it aside. */
  OVERRIDDEN,
  /** It would have refused, or asked for approval, but it only warns. */
  WARNED;

  /** Whether it keeps the request from going ahead. */
  public boolean standsAgainst() {
    return this == REFUSED || this == NEEDS_APPROVAL;
  }
}
