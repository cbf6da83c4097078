package dev.baton.failover;

import dev.baton.core.Actor;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.Observation;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Gathers the facts that policy goes by. */
@Component
class FailoverPolicy {
  private static final Set<Fact> TOLD_BY_LAG = Set.of(Fact.LAG, Fact.READINESS);

  private final Policies policies;
  private final FailoverRepository failovers;
  private final ReplicationLags lags;
  private final TargetReadinesses readinesses;

  FailoverPolicy(
      Policies policies,
      FailoverRepository failovers,
      ReplicationLags lags,
      TargetReadinesses readinesses) {
    this.policies = policies;
    this.failovers = failovers;
    this.lags = lags;
    this.readinesses = readinesses;
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

  /**
   * What policy says of a request.
   *
   * @param seen what AWS has shown just now, which need not be stored
   */
  PolicyDecision decide(
      FailoverRequest request,
      Actor requester,
      Optional<Region> source,
      TargetLag lag,
      List<Observation> seen,
      Instant now) {
    var about = about(request, requester, source);
    return decide(about, lag, readiness(about, lag, seen, Optional.empty(), now), now);
  }

  PolicyDecision decide(Failover failover, TargetLag lag, Instant now) {
    var about = about(failover);
    var readiness = readiness(about, lag, List.of(), Optional.of(failover.id().value()), now);
    return decide(about, lag, readiness, now);
  }

  private TargetReadiness readiness(
      PolicyRequest request,
      TargetLag lag,
      List<Observation> seen,
      Optional<UUID> besides,
      Instant now) {
    return policies.looksAt(request).contains(Fact.READINESS)
        ? readinesses.of(request.accountId(), request.globalDatastoreId(), lag, seen, besides, now)
        : new TargetReadiness.Unknown(request.targetRegion(), "no rule looks at it");
  }

  private TargetLag targetLag(PolicyRequest request, ReplicationGroupId target) {
    var region = request.targetRegion();
    var lag =
        policies.looksAt(request).stream().anyMatch(TOLD_BY_LAG::contains)
            ? lags.of(request.accountId(), region, target)
            : lags.lastRead(request.accountId(), region, target);
    return switch (lag) {
      case ReplicationLag.Known(var measured, var measuredAt, _) ->
          new TargetLag.Measured(region, measured, measuredAt);
      case ReplicationLag.Unknown(var reason) -> new TargetLag.Unknown(region, reason);
    };
  }

  private PolicyDecision decide(
      PolicyRequest request, TargetLag lag, TargetReadiness readiness, Instant now) {
    var lastPromotion =
        failovers.findLastPromotion(request.accountId(), request.globalDatastoreId());
    return policies.evaluate(
        request,
        new PolicyFacts(
            now,
            lastPromotion,
            Optional.empty(),
            lag,
            readiness,
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
