package dev.baton.failover;

import dev.baton.failover.process.FailoverStatus;

/** The types of entries in a failover's stream of the audit log. */
enum FailoverEvent {
  FAILOVER_REQUESTED,
  FAILOVER_DENIED,
  /** People have to agree, although it had been so far that it could go ahead. */
  APPROVAL_DEMANDED,
  /** Somebody has agreed, for this and nothing else. */
  APPROVAL_GIVEN,
  /** Policy demands no more of anybody than has been given. */
  APPROVAL_NOT_MISSING,
  /** Somebody has not agreed; its end follows. */
  APPROVAL_REFUSED,
  /** It is to start at another time. */
  FAILOVER_RESCHEDULED,
  /** Its time has come. */
  FAILOVER_DUE,
  /** A call is about to be sent to AWS. */
  CALL_INTENDED,
  /** What came of the call. */
  CALL_ANSWERED,
  /** An answer that came after the call had been given up: it changes nothing any more. */
  CALL_ANSWERED_LATE,
  /** Whoever sent the call is gone, and its answer with it. */
  CALL_ANSWER_LOST,
  /** It isn't going on just now, and why. */
  FAILOVER_WAITING,
  /** Somebody holds it back, but it has been called for: it goes on. */
  HOLD_CAME_TOO_LATE,
  /** The primary is not where it was when the failover was requested. */
  SOURCE_MOVED,
  /** AWS shows that it is switching, though the call's outcome was unknown. */
  PROMOTION_OBSERVED,
  /** AWS shows another status or other roles than before. */
  TOPOLOGY_OBSERVED,
  FAILOVER_STALLED,
  /** A person said what has become of it; its end follows. */
  FAILOVER_RESOLVED,
  FAILOVER_SUCCEEDED,
  FAILOVER_FAILED,
  FAILOVER_EXPIRED,
  FAILOVER_CANCELLED,
  /** Somebody else has looked into what was set aside for it. */
  BREAK_GLASS_ACKNOWLEDGED;

  static FailoverEvent ofEnd(FailoverStatus end) {
    return switch (end) {
      case SUCCEEDED -> FAILOVER_SUCCEEDED;
      case FAILED -> FAILOVER_FAILED;
      case EXPIRED -> FAILOVER_EXPIRED;
      case DENIED -> FAILOVER_DENIED;
      case CANCELLED -> FAILOVER_CANCELLED;
      case AWAITING_APPROVAL, SCHEDULED, PENDING, SWITCHING, PROMOTING, OUTCOME_UNKNOWN, STALLED ->
          throw new IllegalArgumentException(end + " is no end that the process decides");
    };
  }
}
