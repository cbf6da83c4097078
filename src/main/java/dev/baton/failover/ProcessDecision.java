package dev.baton.failover;

import java.time.Instant;

/** What to do next about a failover. */
sealed interface ProcessDecision {

  /** Ask AWS now and decide again: what is known is too old to act on. */
  record Observe() implements ProcessDecision {}

  /** Make an attempt. */
  record Send() implements ProcessDecision {}

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
