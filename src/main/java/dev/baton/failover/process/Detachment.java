package dev.baton.failover.process;

import static dev.baton.failover.process.Instants.later;

import dev.baton.core.Region;
import dev.baton.failover.process.Facts.Gone;
import dev.baton.failover.process.Facts.Shown;
import dev.baton.failover.process.ProcessDecision.Become;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import dev.baton.failover.process.ProcessDecision.Observe;
import dev.baton.failover.process.ProcessDecision.ObserveTarget;
import dev.baton.failover.process.ProcessDecision.Send;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.ReplicationGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to do about a DETACH for which a call was sent, or may have been. It is done when the target
 * is no member any more and its own Region shows it alone and available. That it became primary
 * meanwhile, by a promotion asked for earlier, is not what was asked for and no success.
 */
final class Detachment {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final FailoverProperties limits;

  Detachment(FailoverProperties limits) {
    this.limits = limits;
  }

  ProcessDecision decide(FailoverSnapshot failover, Known known, Instant now) {
    var ended = failover.lastAttempt().orElseThrow().endedAt();
    return switch (known.facts()) {
      case Gone(var beganAt) when beganAt.isAfter(ended) -> hasLeft(failover, known, now);
      case Shown(var seen)
          when failover.isJudgedBy(seen)
              && !failover.isTooOld(seen.beganAt(), limits.factsAge(), now) ->
          failover
              .targetIn(seen.datastore())
              .map(member -> isMember(failover, member, seen, known.others(), now))
              .orElseGet(() -> hasLeft(failover, known, now));
      default ->
          now.isBefore(ended.plus(SOON))
              ? new LookAgain(ended.plus(SOON), "AWS has not been read since the call")
              : new Observe(failover.targetRegion());
    };
  }

  private ProcessDecision hasLeft(FailoverSnapshot failover, Known known, Instant now) {
    if (failover.status() == FailoverStatus.OUTCOME_UNKNOWN) {
      return new Become(FailoverStatus.PROMOTING, "AWS shows that the target has left");
    }
    var landed = failover.uncertainUntil();
    if (now.isBefore(landed)) {
      return new LookAgain(landed, "the call may still be on its way");
    }
    if (known.target().isEmpty()) {
      return new ObserveTarget();
    }
    return switch (known.target().get()) {
      case Reading.Seen<ReplicationGroup>(var group, _) when group.isStandalone() ->
          new Finish(
              FailoverStatus.SUCCEEDED,
              FailoverEffect.DETACHED,
              "the target has left the Global datastore, and its Region shows it alone and"
                  + " available");
      case Reading.Seen<ReplicationGroup>(var group, _) ->
          goesOn(
              failover,
              "the target has left, but its Region shows it '%s'%s"
                  .formatted(
                      group.status(), group.globalDatastore().map(" in "::concat).orElse("")),
              now);
      case Reading.NotFound<ReplicationGroup> _ ->
          goesOn(failover, "the target's Region shows no such replication group", now);
      case Reading.NotRead<ReplicationGroup> failure ->
          goesOn(
              failover,
              "the target has left, but can't be read: %s: %s"
                  .formatted(failure.code(), failure.message()),
              now);
    };
  }

  private ProcessDecision isMember(
      FailoverSnapshot failover,
      Member target,
      Observation seen,
      OtherRegions others,
      Instant now) {
    var isUnknown = failover.status() == FailoverStatus.OUTCOME_UNKNOWN;
    if (!target.isAssociated()) {
      return isUnknown
          ? new Become(FailoverStatus.PROMOTING, "AWS shows the target " + target.status())
          : goesOn(failover, "AWS shows the target " + target.status(), now);
    }
    var quietSince = later(failover.landedAt(), seen.since());
    var resendFrom = quietSince.plus(limits.resendSettling());
    if (isUnknown && mayCallAgain(failover, target, now)) {
      return seen.beganAt().isBefore(resendFrom)
          ? new LookAgain(later(resendFrom, now.plus(SOON)), "AWS shows the target as a member")
          : new Send(failover.nextEndpoint(endpoints(others, seen)));
    }
    var failedFrom = quietSince.plus(limits.failureSettling());
    if (seen.beganAt().isBefore(failedFrom)) {
      var why = "AWS shows the target as a member, with the role " + target.role();
      return isUnknown
          ? new LookAgain(later(failedFrom, now.plus(SOON)), why)
          : goesOn(failover, why, now);
    }
    return new Finish(
        FailoverStatus.FAILED,
        FailoverEffect.NONE,
        "AWS has shown the target as a member, with the role %s, since %s"
            .formatted(target.role(), seen.since()));
  }

  private boolean mayCallAgain(FailoverSnapshot failover, Member target, Instant now) {
    return target.isSecondary()
        && now.isBefore(failover.startBefore())
        && failover.answeredAttempts() < limits.mostAttempts()
        && failover.lastAttempt().stream().noneMatch(AttemptSnapshot::isRefusedForGood)
        && !failover.refusedByPolicy();
  }

  private static List<Region> endpoints(OtherRegions others, Observation seen) {
    return others.endpoints(seen.datastore());
  }

  private ProcessDecision goesOn(FailoverSnapshot failover, String why, Instant now) {
    var deadline =
        Optional.of(failover)
            .filter(it -> it.status() == FailoverStatus.PROMOTING)
            .flatMap(FailoverSnapshot::promotionStartedAt)
            .map(began -> began.plus(limits.promotionDeadline()));
    return deadline.filter(end -> !now.isBefore(end)).isPresent()
        ? new Become(
            FailoverStatus.STALLED,
            "the target did not leave within %s: %s".formatted(limits.promotionDeadline(), why))
        : new LookAgain(now.plus(SOON), why);
  }
}
