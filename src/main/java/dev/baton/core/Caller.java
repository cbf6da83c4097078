package dev.baton.core;

import java.util.Set;

/** Who calls, and what they may do. */
public record Caller(Actor actor, Set<Permission> permissions) {

  public Caller {
    permissions = Set.copyOf(permissions);
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
