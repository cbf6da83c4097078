package dev.baton.globaldatastore;

import dev.baton.core.Region;
import java.util.Optional;

/** What is known after a call that changes AWS. */
public sealed interface CallOutcome {

  /**
   * AWS accepted the call and works on it.
   *
   * @param requestId AWS's id of the request; empty if AWS gave none
   */
  record Accepted(Region region, String requestId) implements CallOutcome {}

  /** Certainly nothing happened at AWS. */
  record NotExecuted(Reason reason, String code, String message) implements CallOutcome {}

  /**
   * AWS understood the call and refused it: nothing happened.
   *
   * @param passing whether the reason may pass by itself (InvalidGlobalReplicationGroupState)
   */
  record Refused(
      Region region,
      String code,
      String message,
      int httpStatus,
      Optional<String> requestId,
      boolean passing)
      implements CallOutcome {}

  /** It may have happened, or may still happen: only reading AWS can tell. */
  record Unknown(String code, String message) implements CallOutcome {}

  /** Why nothing happened. */
  enum Reason {
    /**
     * The call never reached AWS: connection refused or not opened in time, no route, no such name,
     * or a Region that this Baton doesn't serve.
     */
    UNREACHABLE,
    /** AWS asked to slow down. */
    THROTTLED,
    /** The circuit breaker is open, or the Region has too many calls open. */
    HELD_BACK,
    /** The time by which the call had to be sent was over. */
    TOO_LATE,
    /** There were no credentials, none in time, or none of this account, to sign it with. */
    NO_CREDENTIALS,
    /** What was read again right before the call spoke against it. */
    WITHHELD
  }
}
