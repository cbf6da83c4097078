package dev.baton.failover.process;

import java.util.Set;

/** Where a failover stands. */
public enum FailoverStatus {
  /** People have to agree first. */
  AWAITING_APPROVAL,
  /** Its time has not come. */
  SCHEDULED,
  /** Accepted; the call to AWS is next. */
  PENDING,
  /** The call to AWS is being made. */
  SWITCHING,
  /** AWS is switching the roles. */
  PROMOTING,
  /** The call may have reached AWS or not: only reading AWS can tell. */
  OUTCOME_UNKNOWN,
  /** The promotion takes longer than it should; it is still watched and may still succeed. */
  STALLED,
  SUCCEEDED,
  FAILED,
  /** Policy refused it. */
  DENIED,
  CANCELLED,
  /** It was not sent before {@code startBefore}. */
  EXPIRED;

  public Set<FailoverStatus> successors() {
    return switch (this) {
      case AWAITING_APPROVAL -> Set.of(SCHEDULED, PENDING, DENIED, CANCELLED, EXPIRED);
      case SCHEDULED -> Set.of(AWAITING_APPROVAL, PENDING, CANCELLED, EXPIRED);
      case PENDING ->
          Set.of(AWAITING_APPROVAL, SWITCHING, SUCCEEDED, FAILED, DENIED, CANCELLED, EXPIRED);
      case SWITCHING -> Set.of(PENDING, PROMOTING, OUTCOME_UNKNOWN, FAILED);
      case OUTCOME_UNKNOWN -> Set.of(SWITCHING, PROMOTING, SUCCEEDED, FAILED);
      case PROMOTING -> Set.of(STALLED, SUCCEEDED, FAILED);
      case STALLED -> Set.of(SUCCEEDED, FAILED);
      case SUCCEEDED, FAILED, DENIED, CANCELLED, EXPIRED -> Set.of();
    };
  }

  /** Whether it waits for people, or for its time. */
  public boolean isWaiting() {
    return this == AWAITING_APPROVAL || this == SCHEDULED;
  }

  /** Whether no call was sent for it that could have an effect. */
  public boolean isUnsent() {
    return isWaiting() || this == PENDING;
  }

  public boolean isFinished() {
    return successors().isEmpty();
  }
}
