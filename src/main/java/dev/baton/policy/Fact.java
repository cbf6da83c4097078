package dev.baton.policy;

/** What takes time to find out, so that it's only found out for a rule that looks at it. */
public enum Fact {
  LAG,
  READINESS,
  OTHER_FAILOVERS
}
