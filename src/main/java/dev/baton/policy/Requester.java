package dev.baton.policy;

import dev.baton.core.Actor;
import dev.baton.core.Caller;
import dev.baton.core.Groups;

/**
 * Who asks, as far as the policy judges it.
 *
 * @param person who that is: a person and the tokens they made have the same, so that nobody
 *     approves what they asked for themselves
 */
public record Requester(Actor actor, Groups groups, String person) {

  /** Somebody who asks with no token that another made. */
  public Requester(Actor actor, Groups groups) {
    this(actor, groups, actor.subject());
  }

  public static Requester of(Caller caller) {
    return new Requester(caller.actor(), caller.groups(), caller.person());
  }
}
