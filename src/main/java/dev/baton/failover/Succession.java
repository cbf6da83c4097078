package dev.baton.failover;

import dev.baton.core.FailoverMode;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision;
import java.time.Instant;
import java.util.Optional;

/** Which unfinished failover makes room for a rescue, and how it ends then. */
final class Succession {
  private Succession() {}

  /**
   * How a failover ends in favour of a rescue; empty if it doesn't. A switchover that was not sent
   * does by itself. One whose fate is open does if the rescue names it, is a DETACH of the same
   * target, and no call of it is on its way any more: a promotion that AWS may still carry out
   * can't be recalled, but it can't be undone by another promotion either.
   */
  static Optional<ProcessDecision.Finish> end(Failover waiting, Failover rescue, Instant now) {
    if (!rescue.mode().isRescue()) {
      return Optional.empty();
    }
    if (givesWayUnsent(waiting, rescue)) {
      return Optional.of(
          new ProcessDecision.Finish(
              FailoverStatus.CANCELLED,
              FailoverEffect.NONE,
              "failover %s took its place before it was sent".formatted(rescue.id())));
    }
    return isNamed(waiting, rescue) && isOpen(waiting) && hasLanded(waiting, now)
        ? Optional.of(
            new ProcessDecision.Finish(
                FailoverStatus.FAILED,
                FailoverEffect.UNKNOWN,
                "superseded by failover %s, a DETACH of its target".formatted(rescue.id())))
        : Optional.empty();
  }

  /**
   * Whatever has not been sent gives way to a rescue that goes ahead at once, as long as it isn't
   * about to go ahead itself; a switchover to any that comes before its own time.
   */
  private static boolean givesWayUnsent(Failover waiting, Failover rescue) {
    if (!isUnsent(waiting)) {
      return false;
    }
    return isNamed(waiting, rescue)
        || (waiting.status().isWaiting() && rescue.status() == FailoverStatus.PENDING)
        || (waiting.mode() == FailoverMode.SWITCHOVER
            && rescue.status() != FailoverStatus.SCHEDULED);
  }

  /** Whether some rescue takes its place. */
  static boolean mayGiveWay(FailoverStatus status, FailoverMode mode) {
    return status.isUnsent() && (status.isWaiting() || mode == FailoverMode.SWITCHOVER);
  }

  /** Whether its fate is open: it may still succeed, or not. */
  static boolean isOpen(Failover waiting) {
    return waiting.status() == FailoverStatus.STALLED
        || waiting.status() == FailoverStatus.OUTCOME_UNKNOWN;
  }

  static boolean isUnsent(Failover waiting) {
    return waiting.status().isUnsent();
  }

  /** Whether none of its calls can begin to have an effect any more. */
  static boolean hasLanded(Failover waiting, Instant now) {
    return !now.isBefore(waiting.snapshot().landedAt());
  }

  private static boolean isNamed(Failover waiting, Failover rescue) {
    return rescue.mode() == FailoverMode.DETACH
        && rescue.supersedes().equals(Optional.of(waiting.id().value()))
        && rescue.targetReplicationGroupId().equals(waiting.targetReplicationGroupId());
  }
}
