package dev.baton.policy;

/** The policy in force. */
public interface Policies {

  /** Asks every rule that concerns the request. Pure: the same arguments, the same decision. */
  PolicyDecision evaluate(PolicyRequest request, PolicyFacts facts);
}
