package dev.baton.policy;

import java.util.ArrayList;
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
    if (!match.concerns(request)) {
      return List.of();
    }
    var concerned = new ArrayList<Rule>(rules.size());
    for (var rule : rules) {
      if (rule.match().concerns(request)) {
        concerned.add(rule);
      }
    }
    return concerned;
  }
}
