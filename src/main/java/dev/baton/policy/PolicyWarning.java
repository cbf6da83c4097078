package dev.baton.policy;

/**
 * Something about a policy that its author may not mean.
 *
 * @param message in sentences
 */
record PolicyWarning(Kind kind, String message) {

  /** What it is about. */
  enum Kind {
    REFUSES_EVERYTHING,
    REFUSES_RESCUE
  }
}
