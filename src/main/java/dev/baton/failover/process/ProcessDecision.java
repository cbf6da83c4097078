package dev.baton.failover.process;

import dev.baton.core.Region;
import java.time.Instant;

/** What to do next about a failover. */
public sealed interface ProcessDecision {

  /** Ask this Region now and decide again: what is known from it is too old to act on. */
  record Observe(Region region) implements ProcessDecision {}

  /** Ask the target's Region how its replication group stands by itself, and decide again. */
  record ObserveTarget() implements ProcessDecision {}

  /** Make an attempt, at this Region's endpoint. */
  record Send(Region endpoint) implements ProcessDecision {}

  /** There is nothing to do before then, unless AWS shows something new. */
  record LookAgain(Instant at, String why) implements ProcessDecision {}

  /** Go on in another state. */
  record Become(FailoverStatus status, String why) implements ProcessDecision {}

  /** It is over. */
  record Finish(FailoverStatus status, FailoverEffect effect, String why)
      implements ProcessDecision {}

  /** It was over before. */
  record Finished() implements ProcessDecision {}
}
