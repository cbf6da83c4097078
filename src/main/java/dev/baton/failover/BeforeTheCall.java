package dev.baton.failover;

import dev.baton.core.FailoverMode;
import dev.baton.failover.Facts.Gone;
import dev.baton.failover.Facts.Shown;
import dev.baton.failover.Facts.Unseen;
import dev.baton.failover.ProcessDecision.Finish;
import dev.baton.failover.ProcessDecision.LookAgain;
import dev.baton.failover.ProcessDecision.Observe;
import dev.baton.failover.ProcessDecision.Send;
import dev.baton.globaldatastore.GlobalDatastore;
import java.time.Duration;
import java.time.Instant;

/** What to do about a failover for which no call has been sent that could have had an effect. */
final class BeforeTheCall {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int IN_A_ROW = 3;
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 4;

  private final FailoverProperties limits;

  BeforeTheCall(FailoverProperties limits) {
    this.limits = limits;
  }

  ProcessDecision decide(FailoverSnapshot failover, Facts facts, Instant now) {
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
      case Gone(var beganAt) when failover.isTooOld(beganAt, limits.factsAge(), now) ->
          new Observe();
      case Gone _ ->
          new Finish(
              FailoverStatus.FAILED,
              FailoverEffect.NONE,
              "%s no longer shows the Global datastore".formatted(failover.targetRegion()));
      case Shown(var seen) when failover.isTooOld(seen.beganAt(), limits.factsAge(), now) ->
          new Observe();
      case Shown(var seen) -> byFacts(failover, seen.datastore(), now);
    };
  }

  private static ProcessDecision byFacts(
      FailoverSnapshot failover, GlobalDatastore datastore, Instant now) {
    if (failover.isPrimaryIn(datastore)) {
      return datastore.isSettled()
          ? new Finish(
              FailoverStatus.SUCCEEDED,
              FailoverEffect.ALREADY_PRIMARY,
              "the target is primary already, so no call was made")
          : new LookAgain(now.plus(SOON), "the target is becoming primary without Baton's call");
    }
    var target = failover.targetIn(datastore);
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
    if (failover.missesExpectedPrimaryIn(datastore)) {
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
}
