package dev.baton.policy;

/**
 * A named demand and the requests it concerns.
 *
 * @param isOverridable whether a request may set it aside
 */
record Rule(
    String name, Match match, boolean isOverridable, Enforcement enforcement, Demand demand) {

  /** What it answers. What isn't so at this moment says little of a time to come. */
  RuleOutcome outcome(Finding finding, boolean isSetAside, boolean isAhead) {
    var outcome = outcome(finding, isSetAside);
    return outcome == RuleOutcome.REFUSED && isAhead && !demand.looksAt().isEmpty()
        ? RuleOutcome.WARNED
        : outcome;
  }

  private RuleOutcome outcome(Finding finding, boolean isSetAside) {
    return switch (finding.verdict()) {
      case MET -> RuleOutcome.PASSED;
      case UNMET -> unmet(RuleOutcome.REFUSED, isSetAside);
      case UNAPPROVED -> unmet(RuleOutcome.NEEDS_APPROVAL, isSetAside);
    };
  }

  private RuleOutcome unmet(RuleOutcome enforced, boolean isSetAside) {
    return switch (enforcement) {
      case WARN -> RuleOutcome.WARNED;
      case ENFORCE -> isSetAside && isOverridable ? RuleOutcome.OVERRIDDEN : enforced;
    };
  }
}
