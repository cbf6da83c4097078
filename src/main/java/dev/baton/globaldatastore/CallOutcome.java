package dev.baton.globaldatastore;

import dev.baton.core.Region;
import java.util.Optional;

/** What is known after a call that changes AWS. */
public sealed interface CallOutcome {

  /** AWS accepted the call and works on it. */
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
    /** Connection refused, no route, or no such name: the call never reached AWS. */
    UNREACHABLE,
    /** AWS asked to slow down. */
    THROTTLED,
    /** The circuit breaker is open, or the Region has too many calls open. */
    HELD_BACK,
    /** The time by which the call had to be sent was over. */
    TOO_LATE,
    /** There were no credentials to sign it with. */
    NO_CREDENTIALS,
    /** What was read again right before the call spoke against it. */
    WITHHELD
  }
}
