package dev.baton.evacuation;

/** What happens to an evacuation, as the audit log names it. */
enum EvacuationEvent {
  EVACUATION_REQUESTED,
  EVACUATION_APPROVED,
  EVACUATION_REJECTED,
  EVACUATION_PROGRESSED,
  EVACUATION_PAUSED,
  EVACUATION_RESUMED,
  EVACUATION_ABORTED,
  EVACUATION_RETRIED,
  EVACUATION_SUCCEEDED,
  EVACUATION_FAILED,
  EVACUATION_CANCELLED;

  static EvacuationEvent ofEnd(EvacuationStatus end) {
    return switch (end) {
      case SUCCEEDED -> EVACUATION_SUCCEEDED;
      case FAILED -> EVACUATION_FAILED;
      case CANCELLED -> EVACUATION_CANCELLED;
      case AWAITING_APPROVAL, RUNNING, PAUSED ->
          throw new IllegalArgumentException(end + " is no end");
    };
  }
}
