package dev.baton.globaldatastore;

import java.time.Duration;
import java.util.List;

/**
 * Judges whether a member is fit to become primary. Pure: the same facts, the same judgement. Every
 * rule is asked, and none stops the others.
 */
final class ReadinessRules {
  private final List<ReadinessRule> rules;

  /**
   * The rules with their bounds.
   *
   * @param mostLag how far behind a target may be
   * @param silence how old what a Region showed last may be before it counts as silent
   */
  ReadinessRules(Duration mostLag, Duration silence) {
    this.rules =
        List.of(
            new AnswersRule(silence),
            new TopologyRule(silence),
            new LagRule(mostLag),
            new GroupRule(silence),
            new LastFailoverRule());
  }

  Readiness judge(ReadinessFacts facts) {
    return Readiness.of(rules.stream().flatMap(rule -> rule.reasons(facts)).toList());
  }
}
