package dev.baton.core;

/**
 * How the primary role is passed on. A mode is never chosen silently for the caller, and none falls
 * through to the next.
 */
public enum FailoverMode {
  /** Planned: both Regions answer and nothing is lost. */
  SWITCHOVER,
  /** The primary's Region may be dark: writes that were not yet replicated are lost. */
  FAILOVER,
  /**
   * The target leaves the Global datastore and takes writes by itself, for the case that AWS can't
   * promote it: the datastore is split afterwards and has to be rebuilt.
   */
  DETACH;

  /** Whether it is a way out when a Region is lost, on which writes may be lost. */
  public boolean isRescue() {
    return this != SWITCHOVER;
  }
}
