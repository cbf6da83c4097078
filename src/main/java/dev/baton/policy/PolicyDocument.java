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
public record PolicyDocument(
    String name, int version, Optional<String> comment, Match match, List<Rule> rules) {

  public PolicyDocument {
    rules = List.copyOf(rules);
  }

  /** The largest document that is read. */
  public static final int MOST_BYTES = PolicyDocumentReader.MOST_BYTES;

  /**
   * Reads YAML or JSON.
   *
   * @param origin where the text comes from, for the message
   * @throws InvalidPolicyException if it can't be used; it names all that is wrong
   */
  public static PolicyDocument read(String text, String origin) {
    return PolicyDocumentReader.read(text, origin);
  }

  /** The same, as the version that it is stored under. */
  public PolicyDocument withVersion(int stored) {
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
