package dev.baton.failover;

import dev.baton.core.Actor;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision;

/**
 * What a person says has become of a failover that Baton can't bring to an end.
 *
 * @param outcome what they saw at AWS
 * @param comment how they know
 */
record Resolution(Outcome outcome, String comment) {

  /** What a person saw. */
  enum Outcome {
    /** The target is the primary. */
    PROMOTED,
    /** The target has left the Global datastore. */
    DETACHED,
    /** Nothing has changed. */
    NONE,
    /** It can't be told. */
    UNKNOWN
  }

  /**
   * Never SUCCEEDED: that is what AWS said to Baton itself. What a person saw stands as the effect.
   */
  ProcessDecision.Finish end(Actor by) {
    return new ProcessDecision.Finish(
        FailoverStatus.FAILED,
        switch (outcome) {
          case PROMOTED -> FailoverEffect.PROMOTED;
          case DETACHED -> FailoverEffect.DETACHED;
          case NONE -> FailoverEffect.NONE;
          case UNKNOWN -> FailoverEffect.UNKNOWN;
        },
        "%s ended it by hand, having seen %s: %s".formatted(by.subject(), outcome, comment));
  }
}
