package dev.baton.failover;

/** What goes wrong in a schedule. */
enum Trouble {
  /** An instance is killed, anywhere: between two statements, before a commit, right after one. */
  KILLED(false),
  /** An instance stands still for longer than a call may wait to be sent, and goes on then. */
  PAUSED(false),
  /** The connection breaks before a commit, or at a statement: nothing of it is done. */
  COMMIT_FAILED(false),
  /** A commit is done, and who asked for it gets an error. */
  COMMIT_UNKNOWN(false),
  /** A call is made and never arrives; its sender only sees that it takes too long. */
  CALL_LOST(true),
  /** A call has its effect, and its answer never comes. */
  CALL_CUT(true),
  /** A call has its effect after its sender has given it up. */
  CALL_LATE(true),
  /** AWS asks to slow down, or can't be reached. */
  CALL_NOT_EXECUTED(true),
  /** AWS refuses a call for a reason that won't pass. */
  CALL_REFUSED(true),
  /** A Region doesn't answer for a while. */
  REGION_DARK(false),
  /** A Region shows what was true seconds before. */
  STALE(false),
  /** Nobody is told that AWS shows something else. */
  WAKE_UP_LOST(false),
  /** A failover is looked at without a reason. */
  WAKE_UP_REPEATED(false),
  /** A clock is put forward or back. */
  CLOCK_JUMPED(false);

  private final boolean isOfCall;

  Trouble(boolean isOfCall) {
    this.isOfCall = isOfCall;
  }

  /** Whether it happens to a call, and is part of its fate from then on. */
  boolean isOfCall() {
    return isOfCall;
  }
}
