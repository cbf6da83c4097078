package dev.baton.policy;

/** The policy in force. */
public interface Policies {

  /** Asks every rule that concerns the request. Pure: the same arguments, the same decision. */
  PolicyDecision evaluate(PolicyRequest request, PolicyFacts facts);

  /**
   * Whether a rule that concerns the request looks at the target's replication lag. If none does,
   * nobody needs to wait until it is read.
   */
  boolean looksAtLag(PolicyRequest request);
}
