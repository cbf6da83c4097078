package dev.baton.failover;

import dev.baton.failover.DryRunView.DataLoss;
import dev.baton.failover.DryRunView.Eta;
import dev.baton.failover.DryRunView.Lag;
import dev.baton.failover.FailoverPreparation.Prepared;
import dev.baton.globaldatastore.Readiness;
import dev.baton.globaldatastore.ReadinessJudge;
import dev.baton.globaldatastore.ReplicationLag;
import dev.baton.globaldatastore.ReplicationLags;
import dev.baton.policy.Requester;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Takes requests as far as they go without an effect, and stores nothing. */
@Component
class DryRuns {
  /** Fewer promotions of a Global datastore than this say little about the next one. */
  private static final int FEW = 3;

  private final FailoverPreparation preparation;
  private final ReplicationLags lags;
  private final ReadinessJudge judge;
  private final PromotionTimes times;

  DryRuns(
      FailoverPreparation preparation,
      ReplicationLags lags,
      ReadinessJudge judge,
      PromotionTimes times) {
    this.preparation = preparation;
    this.lags = lags;
    this.judge = judge;
    this.times = times;
  }

  /**
   * What the request would come to.
   *
   * @throws dev.baton.problem.ProblemException if it would be turned away; not if it would be
   *     denied
   */
  DryRunView run(FailoverRequest request, Requester requester) {
    var prepared = preparation.prepare(request, requester, _ -> {});
    var failover = prepared.failover();
    var lag =
        lags.of(failover.accountId(), failover.targetRegion(), failover.targetReplicationGroupId());
    return new DryRunView(
        failover.accountId(),
        failover.globalReplicationGroupId(),
        failover.mode(),
        failover.sourceRegion(),
        failover.targetRegion(),
        failover.targetReplicationGroupId(),
        failover.decision(),
        readiness(prepared, lag),
        lag(lag),
        dataLoss(lag),
        eta(failover),
        AwsCall.of(failover),
        prepared.givesWay().map(waiting -> waiting.id().value()));
  }

  private Optional<Readiness> readiness(Prepared prepared, ReplicationLag lag) {
    var failover = prepared.failover();
    return judge.judge(
        failover.accountId(),
        failover.globalReplicationGroupId(),
        failover.targetRegion(),
        lag,
        prepared.seen(),
        Set.of());
  }

  private static Lag lag(ReplicationLag lag) {
    return switch (lag) {
      case ReplicationLag.Known known ->
          new Lag(
              Optional.of(seconds(known.lag())),
              Optional.of(known.measuredAt()),
              "As CloudWatch measured it last; it measures once a minute.");
      case ReplicationLag.Unknown unknown ->
          new Lag(Optional.empty(), Optional.empty(), "Unknown: %s.".formatted(unknown.reason()));
    };
  }

  private static DataLoss dataLoss(ReplicationLag lag) {
    return switch (lag) {
      case ReplicationLag.Known known ->
          new DataLoss(
              Optional.of(seconds(known.lag())),
              "Replication is asynchronous: writes of about the last %s s before the promotion may"
                      .formatted(seconds(known.lag()))
                  + " be lost, more if the lag has grown since it was measured.");
      case ReplicationLag.Unknown _ ->
          new DataLoss(
              Optional.empty(),
              "Unknown, as the lag is. Writes that the target has not received are lost.");
    };
  }

  private Eta eta(Failover failover) {
    var own = times.of(failover.accountId(), failover.globalReplicationGroupId());
    return own.filter(past -> past.promotions() >= FEW)
        .map(past -> eta(past, "the last %d promotions of this Global datastore"))
        .or(() ->
            times
                .of(failover.accountId())
                .map(past -> eta(past, "the last %d promotions in this account")))
        .orElseGet(() ->
            new Eta(
                Optional.empty(),
                Optional.empty(),
                0,
                "No promotion is on record yet. AWS speaks of about a minute."));
  }

  private static Eta eta(PromotionTimes.Past past, String whose) {
    return new Eta(
        Optional.of(seconds(past.median())),
        Optional.of(seconds(past.ninetieth())),
        past.promotions(),
        "Median and 90th percentile of %s, from the call to AWS to the end."
            .formatted(whose.formatted(past.promotions())));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
