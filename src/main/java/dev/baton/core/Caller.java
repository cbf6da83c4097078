package dev.baton.core;

import java.util.Set;

/**
 * Who calls, what they may do, and which groups they are in.
 *
 * @param person who that is: a person and the tokens they made have the same
 */
public record Caller(Actor actor, Set<Permission> permissions, Groups groups, String person) {

  public Caller {
    permissions = Set.copyOf(permissions);
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }
}
