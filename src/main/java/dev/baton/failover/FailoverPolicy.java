package dev.baton.failover;

import dev.baton.core.Actor;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.ReplicationLag;
import dev.baton.globaldatastore.ReplicationLags;
import dev.baton.policy.Fact;
import dev.baton.policy.Groups;
import dev.baton.policy.OtherFailovers;
import dev.baton.policy.Policies;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;
import dev.baton.policy.PolicyRequest;
import dev.baton.policy.Requester;
import dev.baton.policy.TargetLag;
import dev.baton.policy.TargetReadiness;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Gathers the facts that policy goes by. */
@Component
class FailoverPolicy {
  private final Policies policies;
  private final FailoverRepository failovers;
  private final ReplicationLags lags;

  FailoverPolicy(Policies policies, FailoverRepository failovers, ReplicationLags lags) {
    this.policies = policies;
    this.failovers = failovers;
    this.lags = lags;
  }

  /**
   * How far the target is behind. Not to be called in a transaction: if policy binds the request to
   * it, it may have to be read first. If not, nothing waits for it.
   */
  TargetLag targetLag(
      FailoverRequest request,
      Actor requester,
      Optional<Region> source,
      ReplicationGroupId target) {
    return targetLag(about(request, requester, source), target);
  }

  /** The same for a failover that was accepted. */
  TargetLag targetLag(Failover failover) {
    return targetLag(about(failover), failover.targetReplicationGroupId());
  }

  PolicyDecision decide(
      FailoverRequest request,
      Actor requester,
      Optional<Region> source,
      TargetLag lag,
      Instant now) {
    return decide(about(request, requester, source), lag, now);
  }

  PolicyDecision decide(Failover failover, TargetLag lag, Instant now) {
    return decide(about(failover), lag, now);
  }

  private TargetLag targetLag(PolicyRequest request, ReplicationGroupId target) {
    var region = request.targetRegion();
    var lag =
        policies.inForce().looksAt(request).contains(Fact.LAG)
            ? lags.of(request.accountId(), region, target)
            : lags.lastRead(request.accountId(), region, target);
    return switch (lag) {
      case ReplicationLag.Known(var measured, var measuredAt, _) ->
          new TargetLag.Measured(region, measured, measuredAt);
      case ReplicationLag.Unknown(var reason) -> new TargetLag.Unknown(region, reason);
    };
  }

  private PolicyDecision decide(PolicyRequest request, TargetLag lag, Instant now) {
    var lastPromotion =
        failovers.findLastPromotion(request.accountId(), request.globalDatastoreId());
    return policies
        .inForce()
        .evaluate(
            request,
            new PolicyFacts(
                now,
                lastPromotion,
                Optional.empty(),
                lag,
                new TargetReadiness.Unknown(request.targetRegion(), "it is not judged"),
                new OtherFailovers.NotCounted("they are not counted")));
  }

  private static PolicyRequest about(
      FailoverRequest request, Actor requester, Optional<Region> source) {
    return new PolicyRequest(
        request.accountId(),
        request.globalReplicationGroupId(),
        request.mode(),
        source,
        request.targetRegion(),
        request.reason(),
        request.reference(),
        request.expectedPrimaryRegion(),
        request.acceptDataLoss(),
        withUnknownGroups(requester),
        Set.of());
  }

  private static PolicyRequest about(Failover failover) {
    return new PolicyRequest(
        failover.accountId(),
        failover.globalReplicationGroupId(),
        failover.mode(),
        failover.sourceRegion(),
        failover.targetRegion(),
        failover.reason(),
        failover.reference(),
        failover.expectedPrimaryRegion(),
        failover.acceptsDataLoss(),
        withUnknownGroups(failover.requestedBy()),
        Set.of());
  }

  private static Requester withUnknownGroups(Actor requester) {
    return new Requester(requester, new Groups.Unknown("they are not recorded"));
  }
}
