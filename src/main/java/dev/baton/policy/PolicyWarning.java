package dev.baton.policy;

/**
 * Something about a policy that its author may not mean.
 *
 * @param message in sentences
 */
public record PolicyWarning(Kind kind, String message) {

  /** What it is about. */
  public enum Kind {
    REFUSES_EVERYTHING,
    /** While the primary's Region is dark. */
    REFUSES_FAILOVER,
    /** While the primary's Region is dark. */
    REFUSES_DETACH
  }
}
