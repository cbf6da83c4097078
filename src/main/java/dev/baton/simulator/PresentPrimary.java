package dev.baton.simulator;

/** What a failover call that names the present primary gets: no public source settles it. */
public enum PresentPrimary {
  INVALID_PARAMETER_VALUE,
  INVALID_STATE,
  /** Accepted: the status goes through {@code modifying}, the roles stay. */
  ACCEPTED
}
