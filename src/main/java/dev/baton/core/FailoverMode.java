package dev.baton.core;

/**
 * How the primary role is passed on. A mode is never chosen silently for the caller, and none falls
 * through to the next.
 */
public enum FailoverMode {
  /** Planned: both Regions answer and nothing is lost. */
  SWITCHOVER,
  /** The primary's Region may be dark: writes that were not yet replicated are lost. */
  FAILOVER
}
