package dev.baton.policy;

import java.util.List;
import java.util.Optional;

/** Tells which of a request's overrides set nothing aside, so that nobody relies on them. */
record Overrides(List<PolicyDocument> documents) {

  List<MisusedOverride> misused(PolicyRequest request, List<RuleResult> results) {
    return request.overrides().stream()
        .sorted()
        .flatMap(name -> misuse(name, results).map(why -> new MisusedOverride(name, why)).stream())
        .toList();
  }

  private Optional<String> misuse(String name, List<RuleResult> results) {
    var named = results.stream().filter(it -> isNamed(name, it.policy(), it.rule())).toList();
    if (named.stream().anyMatch(it -> it.outcome().standsAgainst())) {
      return Optional.of("can't be set aside: the policy has it as overridable: false");
    }
    if (named.stream().anyMatch(it -> it.outcome() == RuleOutcome.OVERRIDDEN)) {
      return Optional.empty();
    }
    if (!named.isEmpty()) {
      return Optional.of("doesn't need to be set aside: the rule does not refuse");
    }
    return Optional.of(
        exists(name)
            ? "doesn't need to be set aside: the rule does not concern this request"
            : "is not the name of a rule");
  }

  private boolean exists(String name) {
    return documents.stream()
        .anyMatch(document ->
            document.rules().stream()
                .anyMatch(rule -> isNamed(name, document.name(), rule.name())));
  }

  private static boolean isNamed(String name, String policy, String rule) {
    return name.equals(rule) || name.equals(policy + "/" + rule);
  }
}
