package dev.baton.evacuation;

/** Where an evacuation stands. */
enum EvacuationStatus {
  AWAITING_APPROVAL,
  RUNNING,
  /** Nothing new starts, and nothing is sent; what AWS was called for goes on. */
  PAUSED,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  boolean isFinished() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
