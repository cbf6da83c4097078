package dev.baton.failover;

import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.LastMove;
import dev.baton.globaldatastore.LastMoves;
import dev.baton.globaldatastore.ReplicationLag;
import dev.baton.globaldatastore.ReplicationLags;
import dev.baton.policy.Fact;
import dev.baton.policy.OtherFailovers;
import dev.baton.policy.Policies;
import dev.baton.policy.Policy;
import dev.baton.policy.PolicyFacts;
import dev.baton.policy.PolicyRequest;
import dev.baton.policy.Requester;
import dev.baton.policy.TargetLag;
import dev.baton.policy.TargetReadiness;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Gathers the facts that policy goes by, and asks it. */
@Component
class FailoverPolicy {
  /** Ahead of which everybody is. */
  private static final Instant EVERYBODY = Instant.parse("9999-01-01T00:00:00Z");

  private final Policies policies;
  private final FailoverRepository failovers;
  private final LastMoves moves;
  private final ReplicationLags lags;

  FailoverPolicy(
      Policies policies, FailoverRepository failovers, LastMoves moves, ReplicationLags lags) {
    this.policies = policies;
    this.failovers = failovers;
    this.moves = moves;
    this.lags = lags;
  }

  /**
   * Finds out what takes time. Not to be called in a transaction: if policy binds the request to
   * the lag, it may have to be read first. If not, nothing waits for it.
   */
  FoundOut findOut(
      FailoverRequest request,
      Requester requester,
      Optional<Region> source,
      ReplicationGroupId target) {
    return findOut(policies.inForce(), about(request, requester, source), target);
  }

  /** The same for a failover that was accepted. */
  FoundOut findOut(Failover failover) {
    return findOut(policies.inForce(), about(failover), failover.targetReplicationGroupId());
  }

  /** The same for who asks another policy too. */
  FoundOut findOut(Policy policy, PolicyRequest request, ReplicationGroupId target) {
    var demanded = policy.looksAt(request);
    var region = request.targetRegion();
    var lag =
        demanded.contains(Fact.LAG)
            ? lags.of(request.accountId(), region, target)
            : lags.lastRead(request.accountId(), region, target);
    return new FoundOut(
        switch (lag) {
          case ReplicationLag.Known(var measured, var measuredAt, _) ->
              new TargetLag.Measured(region, measured, measuredAt);
          case ReplicationLag.Unknown(var reason) -> new TargetLag.Unknown(region, reason);
        },
        demanded);
  }

  /** What policy says of a request. */
  Decided decide(
      FailoverRequest request,
      Requester requester,
      Optional<Region> source,
      FoundOut foundOut,
      Instant now) {
    var policy = policies.inForce();
    var asked = about(request, requester, source);
    var facts = facts(asked, foundOut, now);
    return new Decided(policy.evaluate(asked, facts), facts);
  }

  /**
   * What policy says of a failover right before a call, and holds to until the transaction has
   * ended; empty if it looks at something by now that was not found out.
   */
  Optional<Decided> decideInGate(Failover failover, FoundOut foundOut, Instant now) {
    var policy = policies.heldInForce();
    var request = about(failover);
    var demanded = policy.looksAt(request);
    if (!foundOut.covers(demanded)) {
      return Optional.empty();
    }
    var facts =
        facts(
            request,
            foundOut,
            demanded.contains(Fact.OTHER_FAILOVERS)
                ? countedInGate(failover, request)
                : new OtherFailovers.NotCounted("no rule asked for it"),
            now);
    return Optional.of(new Decided(policy.evaluate(request, facts), facts));
  }

  /** All facts that can be had: another policy may look at what this one does not. */
  PolicyFacts facts(PolicyRequest request, FoundOut foundOut, Instant now) {
    return facts(request, foundOut, counted(request, EVERYBODY), now);
  }

  private PolicyFacts facts(
      PolicyRequest request, FoundOut foundOut, OtherFailovers others, Instant now) {
    return new PolicyFacts(
        now,
        failovers.findLastPromotion(request.accountId(), request.globalDatastoreId()),
        moves
            .lastMove(request.accountId(), request.globalDatastoreId())
            .filter(move -> move.failoverId().isEmpty())
            .map(LastMove::recordedAt),
        foundOut.lag(),
        new TargetReadiness.Unknown(request.targetRegion(), "it is not judged"),
        others);
  }

  /** Whoever came later gives way, so that of two that are one too many not both do. */
  private OtherFailovers countedInGate(Failover failover, PolicyRequest request) {
    // One after the other, so that none is left out that is about to be called for.
    failovers.lockCount(request.accountId().value());
    return counted(request, failover.requestedAt());
  }

  private OtherFailovers counted(PolicyRequest request, Instant aheadOf) {
    var others = failovers.countUnderWay(request.accountId(), request.globalDatastoreId(), aheadOf);
    var from = new HashMap<Region, Integer>();
    var to = new HashMap<Region, Integer>();
    for (var between : others) {
      between.from().ifPresent(region -> from.merge(region, between.count(), Integer::sum));
      to.merge(between.target(), between.count(), Integer::sum);
    }
    return new OtherFailovers.Counted(others.stream().mapToInt(Between::count).sum(), from, to);
  }

  static PolicyRequest about(
      FailoverRequest request, Requester requester, Optional<Region> source) {
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
        requester,
        Set.of());
  }

  static PolicyRequest about(Failover failover) {
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
        failover.requester(),
        Set.of());
  }
}
