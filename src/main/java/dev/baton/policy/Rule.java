package dev.baton.policy;

/** A named demand and the requests it concerns. */
record Rule(String name, Match match, Demand demand) {

  boolean allows(PolicyRequest request, PolicyFacts facts) {
    return !match.concerns(request) || demand.isMet(request, facts);
  }
}
