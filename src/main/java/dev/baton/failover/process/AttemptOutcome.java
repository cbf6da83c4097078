package dev.baton.failover.process;

/** What came of an attempt, once that is known. */
public enum AttemptOutcome {
  /** AWS works on it. */
  ACCEPTED,
  /** Certainly nothing happened. */
  NOT_EXECUTED,
  /** AWS refused it: nothing happened. */
  REFUSED,
  /** It may have happened. */
  UNKNOWN
}
