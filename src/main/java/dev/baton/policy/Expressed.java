package dev.baton.policy;

import dev.baton.policy.expression.Answer;
import dev.baton.policy.expression.Condition;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the policy's author demands in CEL. A condition without an answer is not met, whether it
 * denies or requires: nothing passes by mistake.
 *
 * @param condition the expression
 * @param denies whether it denies what it is true of; it requires it otherwise
 * @param advice the remedy in the author's words
 */
record Expressed(Condition condition, boolean denies, Optional<String> advice) implements Demand {
  private static final Map<String, Fact> FACTS = Map.of("lag", Fact.LAG, "target", Fact.READINESS);

  @Override
  public Finding judge(Question question) {
    return switch (condition.ask(question.values())) {
      case Answer.Truth(var value) ->
          Finding.of(value != denies, condition + " is " + value + ".", demanded());
      case Answer.None(var why) ->
          Finding.of(false, condition + " has no answer: " + why + ".", demanded());
    };
  }

  private String demanded() {
    return condition + " must be " + !denies + ".";
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return advice.orElse("Change the request, or wait until what the rule looks at has changed.")
        + ways.inOtherModes(question.request());
  }

  @Override
  public Set<Fact> looksAt() {
    return condition.variables().stream()
        .filter(FACTS::containsKey)
        .map(FACTS::get)
        .collect(Collectors.toUnmodifiableSet());
  }
}
