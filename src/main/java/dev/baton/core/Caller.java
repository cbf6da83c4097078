package dev.baton.core;

import java.util.Set;

/** Who calls, what they may do, and which groups they are in. */
public record Caller(Actor actor, Set<Permission> permissions, Groups groups) {

  public Caller {
    permissions = Set.copyOf(permissions);
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
