package dev.baton.policy;

/**
 * What one rule answered, in sentences for the person who has to act on it.
 *
 * @param rule the rule's name
 * @param policy the name of the policy document it stands in
 * @param version that document's version
 * @param outcome what it says of the request
 * @param seen what the rule looked at
 * @param demanded what it wants
 * @param remedy what can be done about it; empty when it passed
 */
public record RuleResult(
    String rule,
    String policy,
    int version,
    RuleOutcome outcome,
    String seen,
    String demanded,
    String remedy) {}
