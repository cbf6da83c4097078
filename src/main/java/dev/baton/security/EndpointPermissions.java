package dev.baton.security;

import dev.baton.core.Permission;
import java.util.Optional;

/** What the endpoints demand of their callers, for who describes them. */
public final class EndpointPermissions {
  private EndpointPermissions() {}

  /** The permission that an endpoint demands; empty if it is open to everybody, or to nobody. */
  public static Optional<Permission> of(String method, String path) {
    return AccessRules.demandedOf(method, path);
  }
}
