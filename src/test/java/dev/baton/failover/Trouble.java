package dev.baton.failover;

/** What goes wrong in a schedule. */
enum Trouble {
  /** An instance is killed, anywhere: between two statements, before a commit, right after one. */
  KILLED,
  /** An instance stands still for longer than a call may wait to be sent, and goes on then. */
  PAUSED,
  /** The connection breaks before a commit, or at a statement: nothing of it is done. */
  COMMIT_FAILED,
  /** A commit is done, and who asked for it gets an error. */
  COMMIT_UNKNOWN,
  /** A call is made and never arrives; its sender only sees that it takes too long. */
  CALL_LOST,
  /** A call has its effect, and its answer never comes. */
  CALL_CUT,
  /** A call has its effect after its sender has given it up. */
  CALL_LATE,
  /** AWS asks to slow down, or can't be reached. */
  CALL_NOT_EXECUTED,
  /** AWS refuses a call for a reason that won't pass. */
  CALL_REFUSED,
  /** A Region doesn't answer for a while. */
  REGION_DARK,
  /** A Region shows what was true seconds before. */
  STALE,
  /** Nobody is told that AWS shows something else. */
  WAKE_UP_LOST,
  /** A failover is looked at without a reason. */
  WAKE_UP_REPEATED,
  /** A clock is put forward or back. */
  CLOCK_JUMPED;

  /** Whether it happens to a call, and is part of its fate from then on. */
  boolean isOfCall() {
    return switch (this) {
      case CALL_LOST, CALL_CUT, CALL_LATE, CALL_NOT_EXECUTED, CALL_REFUSED -> true;
      case KILLED,
          PAUSED,
          COMMIT_FAILED,
          COMMIT_UNKNOWN,
          REGION_DARK,
          STALE,
          WAKE_UP_LOST,
          WAKE_UP_REPEATED,
          CLOCK_JUMPED ->
          false;
    };
  }
}
