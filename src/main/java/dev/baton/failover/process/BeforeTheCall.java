package dev.baton.failover.process;

import static dev.baton.failover.process.Instants.earlier;

import dev.baton.core.FailoverMode;
import dev.baton.failover.process.Facts.Gone;
import dev.baton.failover.process.Facts.Shown;
import dev.baton.failover.process.Facts.ShownElsewhere;
import dev.baton.failover.process.Facts.Unseen;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import dev.baton.failover.process.ProcessDecision.Observe;
import dev.baton.failover.process.ProcessDecision.Send;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Observation;
import java.time.Duration;
import java.time.Instant;

/** What to do about a failover for which no call has been sent that could have had an effect. */
final class BeforeTheCall {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int IN_A_ROW = 3;
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 4;

  private final FailoverProperties limits;

  BeforeTheCall(FailoverProperties limits) {
    this.limits = limits;
  }

  ProcessDecision decide(FailoverSnapshot failover, Known known, Instant now) {
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
    var others = known.others();
    return switch (known.facts()) {
      case Unseen _ -> new Observe(failover.targetRegion());
      case Gone(var beganAt) when failover.isTooOld(beganAt, limits.factsAge(), now) ->
          new Observe(failover.targetRegion());
      case Gone _ ->
          new Finish(
              FailoverStatus.FAILED,
              FailoverEffect.NONE,
              "%s no longer shows the Global datastore".formatted(failover.targetRegion()));
      case Shown(var seen) when failover.isTooOld(seen.beganAt(), limits.factsAge(), now) ->
          new Observe(failover.targetRegion());
      case Shown(var seen) -> byFacts(failover, seen.datastore(), others, now);
      case ShownElsewhere(var seen)
          when failover.isTooOld(seen.beganAt(), limits.factsAge(), now) ->
          new Observe(failover.targetRegion());
      case ShownElsewhere(var seen) -> byHearsay(failover, seen, others, now);
    };
  }

  /**
   * A rescue is worth a try where another Region shows nothing that speaks against it. Whatever
   * does may be out of date, so it ends nothing.
   */
  private static ProcessDecision byHearsay(
      FailoverSnapshot failover, Observation seen, OtherRegions others, Instant now) {
    var datastore = seen.datastore();
    var isClear =
        failover.mode().isRescue()
            && failover.isSecondaryIn(datastore)
            && !failover.missesExpectedPrimaryIn(datastore);
    return isClear
        ? new Send(failover.nextEndpoint(others.endpoints(datastore)))
        : new LookAgain(
            now.plus(PAUSE),
            "%s can't be reached, and what %s shows is no ground to call on"
                .formatted(failover.targetRegion(), seen.region()));
  }

  private ProcessDecision byFacts(
      FailoverSnapshot failover, GlobalDatastore datastore, OtherRegions others, Instant now) {
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
    return failover.mode() == FailoverMode.SWITCHOVER
        ? onceBothAnswer(failover, datastore, others, now)
        : new Send(failover.nextEndpoint(others.endpoints(datastore)));
  }

  /** A switchover loses nothing only while the Region that it leaves still works. */
  private ProcessDecision onceBothAnswer(
      FailoverSnapshot failover, GlobalDatastore datastore, OtherRegions others, Instant now) {
    var source = datastore.primary().orElseThrow().region();
    if (others.hasAnswered(source, limits.factsAge(), now)) {
      return new Send(failover.nextEndpoint(others.endpoints(datastore)));
    }
    return others.isSilent(source)
        ? new LookAgain(
            now.plus(PAUSE),
            "%s, where the primary is, doesn't answer, and a switchover needs both Regions; if it is"
                    .formatted(source)
                + " lost, request mode FAILOVER with acceptDataLoss")
        : new Observe(source);
  }

  /** A few in a row, so each Region that a Global datastore can have, then a pause that grows. */
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
}
