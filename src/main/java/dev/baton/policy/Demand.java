package dev.baton.policy;

/** What a rule demands of the requests it matches. Every answer is a pure function. */
sealed interface Demand
    permits AllowedTargetRegions, AllowedModes, CoolDown, MaxReplicationLag, RequiredReference {

  boolean isMet(PolicyRequest request, PolicyFacts facts);

  String seen(PolicyRequest request, PolicyFacts facts);

  String demanded(PolicyRequest request, PolicyFacts facts);

  /**
   * What to do about the refusal. It proposes no other request but one that {@code ways} allows.
   */
  String remedy(PolicyRequest request, PolicyFacts facts, Ways ways);

  /** Whether the target's replication lag, which takes time to read, makes a difference to it. */
  default boolean looksAtLag() {
    return false;
  }
}
