package dev.baton.policy;

import java.util.Set;

/**
 * Somebody who has approved a request.
 *
 * @param person who they are: a person and the tokens they made have the same
 * @param groups those they were in when they approved
 */
public record Approver(String person, Set<String> groups) {

  public Approver {
    groups = Set.copyOf(groups);
  }
}
