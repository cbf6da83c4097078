package dev.baton.failover;

import dev.baton.core.FailoverMode;
import dev.baton.failover.Facts.Gone;
import dev.baton.failover.Facts.Shown;
import dev.baton.failover.Facts.Unseen;
import dev.baton.failover.ProcessDecision.Become;
import dev.baton.failover.ProcessDecision.Finish;
import dev.baton.failover.ProcessDecision.Finished;
import dev.baton.failover.ProcessDecision.LookAgain;
import dev.baton.failover.ProcessDecision.Observe;
import dev.baton.failover.ProcessDecision.Send;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what to do next about a failover. A pure function: no clock, no database, no AWS in it.
 *
 * <p>Nothing is assumed about a call whose outcome is unknown. What AWS shows counts for a call
 * only if the describe began after the call had ended, and old roles count as evidence against it
 * only after {@code landsBefore} and a settling time.
 */
final class FailoverProcess {
  private static final Duration SOON = Duration.ofSeconds(1);

  /** Changes at AWS wake a failover; this is for the case that the hint gets lost. */
  private static final Duration LATER = Duration.ofSeconds(10);

  /** Longer than the longest pause of an observer at work. */
  private static final Duration BLIND_AFTER = Duration.ofSeconds(20);

  private static final int IN_A_ROW = 3;
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 4;

  private final FailoverProperties limits;

  FailoverProcess(FailoverProperties limits) {
    this.limits = limits;
  }

  ProcessDecision decide(FailoverSnapshot failover, Facts facts, Instant now) {
    return switch (failover.status()) {
      case AWAITING_APPROVAL, SCHEDULED ->
          new LookAgain(failover.startBefore(), "it waits for people or for its time");
      case PENDING -> pending(failover, facts, now);
      case SWITCHING -> switching(failover, now);
      case OUTCOME_UNKNOWN -> outcomeUnknown(failover, facts, now);
      case PROMOTING, STALLED -> promoting(failover, facts, now);
      case SUCCEEDED, FAILED, DENIED, CANCELLED, EXPIRED -> new Finished();
    };
  }

  private ProcessDecision pending(FailoverSnapshot failover, Facts facts, Instant now) {
    if (!now.isBefore(failover.startBefore())) {
      return new Finish(
          FailoverStatus.EXPIRED,
          FailoverEffect.NONE,
          "it was not sent before " + failover.startBefore());
    }
    if (failover.answeredAttempts() >= limits.mostAttempts()) {
      return new Finish(
          FailoverStatus.FAILED,
          FailoverEffect.NONE,
          "AWS refused %d calls".formatted(failover.answeredAttempts()));
    }
    var notBefore = notBefore(failover);
    if (now.isBefore(notBefore)) {
      return new LookAgain(
          earlier(notBefore, failover.startBefore()), "the last call was not executed");
    }
    return switch (facts) {
      case Unseen _ -> new Observe();
      case Gone(var beganAt) when isTooOld(beganAt, failover, now) -> new Observe();
      case Gone _ ->
          new Finish(
              FailoverStatus.FAILED,
              FailoverEffect.NONE,
              "%s no longer shows the Global datastore".formatted(failover.targetRegion()));
      case Shown(var seen) when isTooOld(seen.beganAt(), failover, now) -> new Observe();
      case Shown(var seen) -> beforeTheCall(failover, seen.datastore(), now);
    };
  }

  private ProcessDecision beforeTheCall(
      FailoverSnapshot failover, GlobalDatastore datastore, Instant now) {
    if (isPromoted(failover, datastore)) {
      return datastore.isSettled()
          ? new Finish(
              FailoverStatus.SUCCEEDED,
              FailoverEffect.ALREADY_PRIMARY,
              "the target is primary already, so no call was made")
          : new LookAgain(now.plus(SOON), "the target is becoming primary without Baton's call");
    }
    var target = target(failover, datastore);
    if (target.isEmpty()) {
      return new Finish(
          FailoverStatus.FAILED,
          FailoverEffect.NONE,
          "%s in %s is not a member of the Global datastore any more"
              .formatted(failover.targetReplicationGroupId(), failover.targetRegion()));
    }
    if (!target.get().isSecondary()) {
      return new LookAgain(
          now.plus(SOON), "the target's role is '%s'".formatted(target.get().role()));
    }
    if (isPrimaryElsewhere(failover, datastore)) {
      return new Finish(
          FailoverStatus.FAILED,
          FailoverEffect.NONE,
          "the primary was expected in %s but is in %s"
              .formatted(
                  failover.expectedPrimaryRegion().orElseThrow(),
                  datastore.primary().orElseThrow().region()));
    }
    if (failover.mode() == FailoverMode.SWITCHOVER && !datastore.isSettled()) {
      return new LookAgain(
          now.plus(SOON), "a switchover waits until the Global datastore is available");
    }
    return new Send();
  }

  /** Whoever meets this is not the execution that wrote the intent: that one is gone, or slow. */
  private static ProcessDecision switching(FailoverSnapshot failover, Instant now) {
    var attempt = failover.lastAttempt().orElseThrow();
    return now.isBefore(attempt.landsBefore())
        ? new LookAgain(attempt.landsBefore(), "the call may still be on its way")
        : new Become(FailoverStatus.OUTCOME_UNKNOWN, "the call's answer was never recorded");
  }

  private ProcessDecision outcomeUnknown(FailoverSnapshot failover, Facts facts, Instant now) {
    if (facts instanceof Gone(var beganAt)) {
      return gone(failover, beganAt, now);
    }
    if (isBlind(failover, facts, now)) {
      return new Observe();
    }
    if (!(facts instanceof Shown(var seen)) || !counts(seen, failover)) {
      return new LookAgain(now.plus(SOON), "AWS has not been read since the call");
    }
    var datastore = seen.datastore();
    if (hasLeft(failover, datastore)) {
      return left(failover, seen, now);
    }
    if (isPromoted(failover, datastore) && datastore.isSettled()) {
      return succeeded(failover, seen, now);
    }
    if (!showsOldRoles(failover, datastore)) {
      return isMoving(failover, datastore)
          ? new Become(FailoverStatus.PROMOTING, "AWS shows that it is switching")
          : new LookAgain(now.plus(SOON), "AWS contradicts itself");
    }
    var resendFrom = quietSince(failover, seen).plus(limits.resendSettling());
    if (seen.beganAt().isBefore(resendFrom)) {
      return new LookAgain(later(resendFrom, now.plus(SOON)), "AWS shows the old roles");
    }
    if (mayCallAgain(failover, datastore, now)) {
      return isTooOld(seen.beganAt(), failover, now) ? new Observe() : new Send();
    }
    return failedOrLater(failover, seen, now);
  }

  /** What spoke against the first call speaks against the next one, too. */
  private boolean mayCallAgain(FailoverSnapshot failover, GlobalDatastore datastore, Instant now) {
    return now.isBefore(failover.startBefore())
        && failover.answeredAttempts() < limits.mostAttempts()
        && failover.lastAttempt().stream().noneMatch(AttemptSnapshot::isRefusedForGood)
        && !failover.refusedByPolicy()
        && !isPrimaryElsewhere(failover, datastore)
        && (failover.mode() == FailoverMode.FAILOVER || datastore.isSettled());
  }

  private ProcessDecision promoting(FailoverSnapshot failover, Facts facts, Instant now) {
    if (facts instanceof Shown(var seen) && counts(seen, failover)) {
      if (isPromoted(failover, seen.datastore()) && seen.datastore().isSettled()) {
        return succeeded(failover, seen, now);
      }
      if (showsOldRoles(failover, seen.datastore())
          && !seen.beganAt().isBefore(failedFrom(failover, seen))) {
        return failed(failover, seen, now);
      }
      if (hasLeft(failover, seen.datastore())) {
        return left(failover, seen, now);
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
      return new Observe();
    }
    return isStalled
        ? new LookAgain(now.plus(LATER), "the promotion takes longer than it should")
        : new LookAgain(earlier(deadline, now.plus(pace(failover, facts))), "AWS is switching");
  }

  /** No observer has looked for long: the failover has to look for itself. */
  private static boolean isBlind(FailoverSnapshot failover, Facts facts, Instant now) {
    var since =
        facts instanceof Shown(var seen) && counts(seen, failover)
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
    return isTooOld(seen.beganAt(), failover, now)
        ? new Observe()
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
    return isTooOld(seen.beganAt(), failover, now)
        ? new Observe()
        : new Finish(
            FailoverStatus.FAILED,
            FailoverEffect.NONE,
            "AWS has shown the target as a secondary, and nothing in motion, since "
                + seen.since());
  }

  private static Duration pace(FailoverSnapshot failover, Facts facts) {
    return facts instanceof Shown(var seen) && counts(seen, failover) ? LATER : SOON;
  }

  /** A describe that began before the call ended may show what was before it. */
  static boolean counts(Observation seen, FailoverSnapshot failover) {
    return failover.lastAttempt().map(last -> seen.beganAt().isAfter(last.endedAt())).orElse(true);
  }

  private boolean isTooOld(Instant beganAt, FailoverSnapshot failover, Instant now) {
    return beganAt.plus(limits.factsAge()).isBefore(now)
        || failover.lastAttempt().map(last -> !beganAt.isAfter(last.endedAt())).orElse(false);
  }

  private static boolean isPromoted(FailoverSnapshot failover, GlobalDatastore datastore) {
    return datastore.hasPrimary(failover.targetReplicationGroupId(), failover.targetRegion());
  }

  private static Optional<Member> target(FailoverSnapshot failover, GlobalDatastore datastore) {
    return datastore.members().stream()
        .filter(member -> member.region().equals(failover.targetRegion()))
        .filter(member -> member.replicationGroupId().equals(failover.targetReplicationGroupId()))
        .findFirst();
  }

  private static boolean isSecondary(FailoverSnapshot failover, GlobalDatastore datastore) {
    return target(failover, datastore).filter(Member::isSecondary).isPresent();
  }

  private static boolean isPrimaryElsewhere(FailoverSnapshot failover, GlobalDatastore datastore) {
    var primary = datastore.primary().map(Member::region);
    var expected = failover.expectedPrimaryRegion();
    return expected.isPresent() && primary.isPresent() && !expected.equals(primary);
  }

  private static boolean showsOldRoles(FailoverSnapshot failover, GlobalDatastore datastore) {
    return datastore.isAvailable()
        && datastore.primary().isPresent()
        && isSecondary(failover, datastore);
  }

  private static boolean isMoving(FailoverSnapshot failover, GlobalDatastore datastore) {
    return datastore.status().equalsIgnoreCase("modifying") || isPromoted(failover, datastore);
  }

  private static boolean hasLeft(FailoverSnapshot failover, GlobalDatastore datastore) {
    return datastore.isAvailable() && target(failover, datastore).isEmpty();
  }

  private static Instant quietSince(FailoverSnapshot failover, Observation seen) {
    return later(failover.landedAt(), seen.since());
  }

  private Instant failedFrom(FailoverSnapshot failover, Observation seen) {
    return quietSince(failover, seen).plus(limits.failureSettling());
  }

  /** A few in a row, then a pause that grows. */
  private static Instant notBefore(FailoverSnapshot failover) {
    var last = failover.lastAttempt();
    if (last.isEmpty()) {
      return Instant.MIN;
    }
    var rounds = failover.attempts().size() / IN_A_ROW;
    var isRoundOver = failover.attempts().size() % IN_A_ROW == 0;
    if (!last.get().passing() && !isRoundOver) {
      return last.get().endedAt();
    }
    var backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(rounds, MOST_DOUBLINGS));
    return last.get().endedAt().plus(backoff);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
