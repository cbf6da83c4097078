package dev.baton.policy;

import dev.baton.core.Actor;
import dev.baton.core.Caller;
import dev.baton.core.Groups;

/** Who asks, as far as the policy judges it. */
public record Requester(Actor actor, Groups groups) {

  public static Requester of(Caller caller) {
    return new Requester(caller.actor(), caller.groups());
  }
}
