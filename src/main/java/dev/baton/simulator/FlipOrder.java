package dev.baton.simulator;

/** What a promotion shows first when it ends: AWS promises no order. */
public enum FlipOrder {
  /** The roles flip while the status still reads {@code modifying}. */
  ROLES_FIRST,
  /** The status reads {@code available} again while the roles are still the old ones. */
  STATUS_FIRST,
  /** Roles and status flip at the same instant. */
  TOGETHER
}
