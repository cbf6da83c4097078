package dev.baton.policy;

import dev.baton.core.Actor;

/** Who asks, as far as the policy judges it. */
public record Requester(Actor actor, Groups groups) {}
