package dev.baton.policy;

import java.util.List;
import java.util.Optional;

/**
 * A policy as it stands in its document.
 *
 * @param comment what its author says of it
 * @param match which requests all of its rules concern
 */
record PolicyDocument(
    String name, int version, Optional<String> comment, Match match, List<Rule> rules) {

  PolicyDocument {
    rules = List.copyOf(rules);
  }

  /** The same, as the version that it is stored under. */
  PolicyDocument withVersion(int stored) {
    return new PolicyDocument(name, stored, comment, match, rules);
  }

  /** The rules that a request meets. */
  List<Rule> concerning(PolicyRequest request) {
    return match.concerns(request)
        ? rules.stream().filter(rule -> rule.match().concerns(request)).toList()
        : List.of();
  }
}
