package dev.baton.failover.process;

import static dev.baton.failover.process.Instants.earlier;
import static dev.baton.failover.process.Instants.later;

import dev.baton.core.FailoverMode;
import dev.baton.failover.process.Facts.Gone;
import dev.baton.failover.process.Facts.Shown;
import dev.baton.failover.process.ProcessDecision.Become;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import dev.baton.failover.process.ProcessDecision.Observe;
import dev.baton.failover.process.ProcessDecision.Send;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import java.time.Duration;
import java.time.Instant;

/**
 * What to do about a failover for which a call was sent, or may have been.
 *
 * <p>Nothing is assumed about a call whose outcome is unknown. What AWS shows counts for a call
 * only if the describe began after the call had ended, and old roles count as evidence against it
 * only after {@code landsBefore} and a settling time.
 */
final class AfterTheCall {
  private static final Duration SOON = Duration.ofSeconds(1);

  /** Changes at AWS wake a failover; this is for the case that the hint gets lost. */
  private static final Duration LATER = Duration.ofSeconds(10);

  /** Longer than the longest pause of an observer at work. */
  private static final Duration BLIND_AFTER = Duration.ofSeconds(20);

  private final FailoverProperties limits;

  AfterTheCall(FailoverProperties limits) {
    this.limits = limits;
  }

  /** Whoever meets this is not the execution that wrote the intent: that one is gone, or slow. */
  static ProcessDecision switching(FailoverSnapshot failover, Instant now) {
    var attempt = failover.lastAttempt().orElseThrow();
    return now.isBefore(attempt.landsBefore())
        ? new LookAgain(attempt.landsBefore(), "the call may still be on its way")
        : new Become(FailoverStatus.OUTCOME_UNKNOWN, "the call's answer was never recorded");
  }

  ProcessDecision outcomeUnknown(FailoverSnapshot failover, Known known, Instant now) {
    var facts = known.facts();
    if (facts instanceof Gone(var beganAt)) {
      return gone(failover, beganAt, now);
    }
    if (isBlind(failover, facts, now)) {
      return new Observe(failover.targetRegion());
    }
    if (!(facts instanceof Shown(var seen)) || !failover.isJudgedBy(seen)) {
      return new LookAgain(now.plus(SOON), "AWS has not been read since the call");
    }
    var datastore = seen.datastore();
    if (failover.hasLeft(datastore)) {
      return left(failover, seen, now);
    }
    if (failover.isPrimaryIn(datastore) && datastore.isSettled()) {
      return succeeded(failover, seen, now);
    }
    if (!failover.hasOldRolesIn(datastore)) {
      return failover.isMovingIn(datastore)
          ? new Become(FailoverStatus.PROMOTING, "AWS shows that it is switching")
          : new LookAgain(now.plus(SOON), "AWS contradicts itself");
    }
    var resendFrom = quietSince(failover, seen).plus(limits.resendSettling());
    if (seen.beganAt().isBefore(resendFrom)) {
      return new LookAgain(later(resendFrom, now.plus(SOON)), "AWS shows the old roles");
    }
    if (mayCallAgain(failover, datastore, known.others(), now)) {
      return callAgain(failover, seen, known.others(), now);
    }
    return failedOrLater(failover, seen, now);
  }

  private ProcessDecision callAgain(
      FailoverSnapshot failover, Observation seen, OtherRegions others, Instant now) {
    if (failover.isTooOld(seen.beganAt(), limits.factsAge(), now)) {
      return new Observe(failover.targetRegion());
    }
    var source = seen.datastore().primary().orElseThrow().region();
    return failover.mode() == FailoverMode.FAILOVER
            || others.hasAnswered(source, limits.factsAge(), now)
        ? new Send(failover.nextEndpoint(others.endpoints(seen.datastore())))
        : new Observe(source);
  }

  /** What spoke against the first call speaks against the next one, too. */
  private boolean mayCallAgain(
      FailoverSnapshot failover, GlobalDatastore datastore, OtherRegions others, Instant now) {
    return now.isBefore(failover.startBefore())
        && failover.answeredAttempts() < limits.mostAttempts()
        && failover.lastAttempt().stream().noneMatch(AttemptSnapshot::isRefusedForGood)
        && !failover.refusedByPolicy()
        && !failover.missesExpectedPrimaryIn(datastore)
        && (failover.mode() == FailoverMode.FAILOVER
            || (datastore.isSettled()
                && datastore.primary().map(Member::region).stream().noneMatch(others::isSilent)));
  }

  ProcessDecision promoting(FailoverSnapshot failover, Facts facts, Instant now) {
    if (facts instanceof Shown(var seen) && failover.isJudgedBy(seen)) {
      if (failover.isPrimaryIn(seen.datastore()) && seen.datastore().isSettled()) {
        return succeeded(failover, seen, now);
      }
      if (failover.hasOldRolesIn(seen.datastore())
          && !seen.beganAt().isBefore(failedFrom(failover, seen))) {
        return failed(failover, seen, now);
      }
    }
    if (facts instanceof Gone(var beganAt)) {
      return gone(failover, beganAt, now);
    }
    var deadline = failover.promotionStartedAt().orElseThrow().plus(limits.promotionDeadline());
    var isStalled = failover.status() == FailoverStatus.STALLED;
    if (!isStalled && !now.isBefore(deadline)) {
      return new Become(
          FailoverStatus.STALLED,
          "the promotion was not over within " + limits.promotionDeadline());
    }
    if (isBlind(failover, facts, now)) {
      return new Observe(failover.targetRegion());
    }
    if (facts instanceof Shown(var seen)
        && failover.isJudgedBy(seen)
        && failover.hasLeft(seen.datastore())) {
      return left(failover, seen, now);
    }
    return isStalled
        ? new LookAgain(now.plus(LATER), "the promotion takes longer than it should")
        : new LookAgain(earlier(deadline, now.plus(pace(failover, facts))), "AWS is switching");
  }

  /** No observer has looked for long: the failover has to look for itself. */
  private static boolean isBlind(FailoverSnapshot failover, Facts facts, Instant now) {
    var since =
        facts instanceof Shown(var seen) && failover.isJudgedBy(seen)
            ? seen.beganAt()
            : failover.lastAttempt().orElseThrow().endedAt();
    return !now.isBefore(since.plus(BLIND_AFTER));
  }

  /** The target is no member any more, so nothing that is still to come can promote it. */
  private ProcessDecision left(FailoverSnapshot failover, Observation seen, Instant now) {
    var from = failedFrom(failover, seen);
    if (seen.beganAt().isBefore(from)) {
      return new LookAgain(later(from, now.plus(SOON)), "the target has left the Global datastore");
    }
    return failover.isTooOld(seen.beganAt(), limits.factsAge(), now)
        ? new Observe(failover.targetRegion())
        : new Finish(
            FailoverStatus.FAILED,
            FailoverEffect.UNKNOWN,
            "the target has not been a member of the Global datastore since " + seen.since());
  }

  private ProcessDecision gone(FailoverSnapshot failover, Instant beganAt, Instant now) {
    return beganAt.isBefore(failover.landedAt().plus(limits.failureSettling()))
        ? new LookAgain(
            now.plus(LATER), "%s shows no such Global datastore".formatted(failover.targetRegion()))
        : new Finish(
            FailoverStatus.FAILED,
            FailoverEffect.UNKNOWN,
            "%s no longer shows the Global datastore".formatted(failover.targetRegion()));
  }

  private ProcessDecision failedOrLater(FailoverSnapshot failover, Observation seen, Instant now) {
    var from = failedFrom(failover, seen);
    return seen.beganAt().isBefore(from)
        ? new LookAgain(later(from, now.plus(SOON)), "AWS shows the old roles")
        : failed(failover, seen, now);
  }

  /**
   * Not while a call may still be on its way: the datastore would be free for the next failover,
   * and the call could undo that one.
   */
  private static ProcessDecision succeeded(
      FailoverSnapshot failover, Observation seen, Instant now) {
    var landed = failover.uncertainUntil();
    return seen.beganAt().isBefore(landed)
        ? new LookAgain(later(landed, now.plus(SOON)), "the call may still be on its way")
        : new Finish(
            FailoverStatus.SUCCEEDED,
            FailoverEffect.PROMOTED,
            "AWS shows the target as the only primary, available, with every member associated");
  }

  private ProcessDecision failed(FailoverSnapshot failover, Observation seen, Instant now) {
    return failover.isTooOld(seen.beganAt(), limits.factsAge(), now)
        ? new Observe(failover.targetRegion())
        : new Finish(
            FailoverStatus.FAILED,
            FailoverEffect.NONE,
            "AWS has shown the target as a secondary, and nothing in motion, since "
                + seen.since());
  }

  private static Duration pace(FailoverSnapshot failover, Facts facts) {
    return facts instanceof Shown(var seen) && failover.isJudgedBy(seen) ? LATER : SOON;
  }

  private static Instant quietSince(FailoverSnapshot failover, Observation seen) {
    return later(failover.landedAt(), seen.since());
  }

  private Instant failedFrom(FailoverSnapshot failover, Observation seen) {
    return quietSince(failover, seen).plus(limits.failureSettling());
  }
}
