package dev.baton.failover;

import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.approval.Consent;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.LastMove;
import dev.baton.globaldatastore.LastMoves;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import dev.baton.globaldatastore.ReplicationLag;
import dev.baton.globaldatastore.ReplicationLags;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.Fact;
import dev.baton.policy.Failback;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Gathers the facts that policy goes by, and asks it. */
@Component
class FailoverPolicy {
  /** Ahead of which everybody is. */
  private static final Instant EVERYBODY = Instant.parse("9999-01-01T00:00:00Z");

  private static final String NOT_LOOKED_AT = "no rule looks at it";
  private static final String ASKED_THEN = "it is found out when the time has come";

  private final Policies policies;
  private final FailoverRepository failovers;
  private final LastMoves moves;
  private final ReplicationLags lags;
  private final TargetReadinesses readinesses;

  FailoverPolicy(
      Policies policies,
      FailoverRepository failovers,
      LastMoves moves,
      ReplicationLags lags,
      TargetReadinesses readinesses) {
    this.policies = policies;
    this.failovers = failovers;
    this.moves = moves;
    this.lags = lags;
    this.readinesses = readinesses;
  }

  /**
   * Finds out what takes time. Not to be called in a transaction: if policy binds the request to
   * the lag, it may have to be read first. If not, nothing waits for it.
   */
  FoundOut findOut(PolicyRequest request, ReplicationGroupId target) {
    return findOut(request, target, List.of(policies.inForce()));
  }

  /** The same for a failover that was accepted. */
  FoundOut findOut(Failover failover) {
    return findOut(about(failover), failover.targetReplicationGroupId());
  }

  /** The same for several policies that are asked. */
  FoundOut findOut(PolicyRequest request, ReplicationGroupId target, List<Policy> asked) {
    var isAsked = asked.stream().anyMatch(policy -> FoundOut.needsLag(policy.looksAt(request)));
    var region = request.targetRegion();
    var lag =
        isAsked
            ? lags.of(request.accountId(), region, target)
            : lags.lastRead(request.accountId(), region, target);
    return new FoundOut(lag(region, lag), isAsked);
  }

  static TargetLag lag(Region target, ReplicationLag lag) {
    return switch (lag) {
      case ReplicationLag.Known(var measured, var measuredAt, _) ->
          new TargetLag.Measured(target, measured, measuredAt);
      case ReplicationLag.Unknown(var reason) -> new TargetLag.Unknown(target, reason);
    };
  }

  /**
   * What policy says of a request.
   *
   * @param seen what AWS has shown just now, which need not be stored
   */
  Decided decide(PolicyRequest request, FoundOut foundOut, List<Observation> seen, Instant now) {
    var policy = policies.inForce();
    var facts = facts(request, foundOut, seen, now);
    return decided(policy, request, facts);
  }

  /**
   * Whether a member of an evacuation waits rather than being denied: nothing refuses it but holds,
   * that others are under way, or that something is not known yet. Of a thousand, some are asked
   * for in the moment in which CloudWatch doesn't answer.
   */
  boolean waits(PolicyRequest request, Decided decided) {
    var decision = decided.decision();
    if (decision.outcome() != DecisionOutcome.REFUSED) {
      return false;
    }
    return decision.isHeld()
        || policies.inForce().evaluate(request, decided.facts().atBest()).outcome()
            != DecisionOutcome.REFUSED;
  }

  /** The same of one that was started. */
  boolean waits(Failover failover, Decided decided) {
    return failover.evacuationId().isPresent()
        && failover.status() == FailoverStatus.PENDING
        && waits(about(failover), decided);
  }

  private static Decided decided(Policy policy, PolicyRequest request, PolicyFacts facts) {
    return new Decided(
        policy.judge(request, facts), facts, policy.awaits(request.approvedBy(List.of())));
  }

  /** All facts that can be had: another policy may look at what this one does not. */
  PolicyFacts facts(PolicyRequest request, FoundOut foundOut, List<Observation> seen, Instant now) {
    return facts(
        request,
        foundOut.lag(),
        readinesses.of(
            request.accountId(), request.globalDatastoreId(), foundOut.lag(), seen, Set.of(), now),
        counted(request, EVERYBODY),
        now);
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
            foundOut.lag(),
            demanded.contains(Fact.READINESS)
                ? readinessInGate(failover, foundOut.lag(), now)
                : new TargetReadiness.Unknown(request.targetRegion(), NOT_LOOKED_AT),
            demanded.contains(Fact.OTHER_FAILOVERS)
                ? countedInGate(failover, request)
                : new OtherFailovers.NotCounted(NOT_LOOKED_AT),
            now);
    return Optional.of(decided(policy, request, facts));
  }

  private PolicyFacts facts(
      PolicyRequest request,
      TargetLag lag,
      TargetReadiness readiness,
      OtherFailovers others,
      Instant now) {
    return new PolicyFacts(
        now,
        failovers.findLastPromotion(request.accountId(), request.globalDatastoreId()),
        moves
            .lastMove(request.accountId(), request.globalDatastoreId())
            .filter(move -> move.failoverId().isEmpty())
            .map(LastMove::recordedAt),
        lag,
        readiness,
        others);
  }

  private TargetReadiness readinessInGate(Failover failover, TargetLag lag, Instant now) {
    return readinesses.of(
        failover.accountId(),
        failover.globalReplicationGroupId(),
        lag,
        List.of(),
        Set.of(failover.id().value()),
        now);
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
    return new OtherFailovers.Counted(
        others.stream().mapToInt(UnderWayBetween::count).sum(), from, to);
  }

  /**
   * What policy says of a failover that waits for its time, which nobody has approved for that; it
   * stays so to the end of the transaction.
   */
  Decided decideAhead(Failover failover, Instant now) {
    var policy = policies.heldInForce();
    var request = about(failover).approvedBy(List.of());
    var region = request.targetRegion();
    var lag = lags.lastRead(request.accountId(), region, failover.targetReplicationGroupId());
    var facts =
        facts(
            request,
            lag(region, lag),
            new TargetReadiness.Unknown(region, ASKED_THEN),
            new OtherFailovers.NotCounted(ASKED_THEN),
            now);
    return decided(policy, request, facts);
  }

  /**
   * The approvals that policy demands of a failover, whoever has given theirs; it stays so to the
   * end of the transaction.
   */
  List<ApprovalDemand> demandedInGate(Failover failover) {
    return policies.heldInForce().awaits(about(failover).approvedBy(List.of()));
  }

  /**
   * What is asked for, as policy judges it.
   *
   * @param datastore the Global datastore as it is now
   */
  static PolicyRequest about(
      FailoverRequest request, Requester requester, GlobalDatastore datastore) {
    return new PolicyRequest(
        request.accountId(),
        request.globalReplicationGroupId(),
        request.mode(),
        datastore.primary().map(Member::region),
        request.targetRegion(),
        request.reason(),
        request.reference(),
        request.expectedPrimaryRegion(),
        request.acceptDataLoss(),
        requester,
        request.overrides(),
        request.evacuation().map(MemberOf::consent).orElse(Consent.NONE).approvers(),
        request.scheduledFor(),
        request.failback().map(FailbackOf::soaksUntil).map(Failback::new));
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
        failover.overrides(),
        failover.consent().approvers(),
        failover.scheduledFor(),
        failover.failback());
  }
}
