package dev.baton.failover.process;

/** What a failover did to AWS, as far as is known. */
public enum FailoverEffect {
  /** The target became primary. */
  PROMOTED,
  /** The target left the Global datastore and takes writes by itself. */
  DETACHED,
  /** The target was primary already: no call was made. */
  ALREADY_PRIMARY,
  /** Nothing changed. */
  NONE,
  /** Not known yet. */
  UNKNOWN
}
