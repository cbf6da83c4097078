package dev.baton.failover;

import dev.baton.audit.AuditLog;
import dev.baton.audit.AuditStream;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import dev.baton.problem.Violation;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Takes requests for failovers: accepts, denies or turns them away, and records which. */
@Component
class FailoverDesk {
  /** The index that lets the database refuse a second unfinished failover. */
  private static final String ONE_AT_A_TIME = "failover_one_at_a_time";

  private final DatastoreLookup lookup;
  private final FailoverRepository failovers;
  private final FailoverPolicy policy;
  private final FailoverLedger ledger;
  private final FailoverScheduling scheduling;
  private final AuditLog audit;
  private final TransactionOperations transactions;
  private final AwsEnvironment aws;
  private final FailoverProperties limits;
  private final InstantSource clock;

  FailoverDesk(
      DatastoreLookup lookup,
      FailoverRepository failovers,
      FailoverPolicy policy,
      FailoverLedger ledger,
      FailoverScheduling scheduling,
      AuditLog audit,
      TransactionOperations transactions,
      AwsEnvironment aws,
      FailoverProperties limits,
      InstantSource clock) {
    this.lookup = lookup;
    this.failovers = failovers;
    this.policy = policy;
    this.ledger = ledger;
    this.scheduling = scheduling;
    this.audit = audit;
    this.transactions = transactions;
    this.aws = aws;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Accepts a request, durably: whatever happens from now on, it comes to an end.
   *
   * @throws ProblemException if it was denied or turned away
   */
  Failover take(FailoverRequest request, Actor requester) {
    // Asked first, because it costs no call: of a burst of requests all but one end here.
    refuseIfUnderWay(request);
    var datastore = found(request, requester);
    var givesWay = refuseIfUnderWay(request);
    var target = target(request, datastore);
    refuseIfElsewhere(request, datastore, target);
    var source = datastore.primary();
    var from = source.map(Member::region);
    var lag = policy.targetLag(request, from, target.replicationGroupId());
    var now = clock.instant();
    var failover =
        new Failover(
            request,
            source,
            target,
            requester,
            policy.decide(request, from, lag, now),
            request.startBefore().orElse(now.plus(limits.startWithin())),
            aws.isSimulated(),
            now);
    var stored = open(failover, request, givesWay);
    if (stored.decision().isRefused()) {
      throw denied(stored);
    }
    scheduling.startDue();
    return stored;
  }

  private GlobalDatastore found(FailoverRequest request, Actor requester) {
    try {
      return lookup.find(request);
    } catch (ProblemException turnedAway) {
      if (turnedAway.problem().type().status() >= 500) {
        recordTurnedAway(request, requester, turnedAway);
      }
      throw turnedAway;
    }
  }

  private void recordTurnedAway(
      FailoverRequest request, Actor requester, ProblemException turnedAway) {
    var stream =
        AuditStream.of(
            "global-datastore", request.accountId() + "/" + request.globalReplicationGroupId());
    transactions.executeWithoutResult(_ ->
        audit.append(
            stream,
            "FAILOVER_TURNED_AWAY",
            requester,
            clock.instant(),
            Map.of(
                "mode", request.mode(),
                "targetRegion", request.targetRegion(),
                "reason", request.reason(),
                "problem", turnedAway.problem().type().uri(),
                "detail", turnedAway.problem().detail())));
  }

  private Failover open(Failover failover, FailoverRequest request, Optional<Failover> givesWay) {
    try {
      if (givesWay.isPresent() && !failover.decision().isRefused()) {
        return ledger
            .openInsteadOf(givesWay.get(), failover)
            .orElseThrow(() -> underWay(givesWay.get()));
      }
      return ledger.open(failover);
    } catch (DataIntegrityViolationException e) {
      refuseIfUnderWay(request);
      if (!String.valueOf(e.getMessage()).contains(ONE_AT_A_TIME)) {
        throw e;
      }
      throw new ProblemException(
          ProblemType.FAILOVER_IN_PROGRESS,
          "Another failover of %s ended just now; look where its primary is, then decide anew."
              .formatted(request.globalReplicationGroupId()));
    }
  }

  /** A switchover that was not sent yet gives way to a rescue; anything else under way does not. */
  private Optional<Failover> refuseIfUnderWay(FailoverRequest request) {
    var other = failovers.findUnfinished(request.accountId(), request.globalReplicationGroupId());
    other
        .filter(one -> request.mode() != FailoverMode.FAILOVER || !FailoverLedger.canGiveWay(one))
        .ifPresent(one -> {
          throw underWay(one);
        });
    return other;
  }

  private static ProblemException underWay(Failover other) {
    return new ProblemException(
            ProblemType.FAILOVER_IN_PROGRESS,
            "Failover %s of %s to %s is %s; one at a time."
                .formatted(
                    other.id(),
                    other.globalReplicationGroupId(),
                    other.targetRegion(),
                    other.status()))
        .with("failoverId", other.id());
  }

  private static Member target(FailoverRequest request, GlobalDatastore datastore) {
    var inRegion =
        datastore
            .memberIn(request.targetRegion())
            .orElseThrow(() -> invalid(DatastoreLookup.noMember(request, datastore)));
    request
        .targetReplicationGroupId()
        .filter(wanted -> !wanted.equals(inRegion.replicationGroupId()))
        .ifPresent(wanted -> {
          throw invalid(
              new Violation(
                  "targetReplicationGroupId",
                  "must be %s, the member of %s in %s (or be left out), but is %s"
                      .formatted(
                          inRegion.replicationGroupId(),
                          datastore.id(),
                          inRegion.region(),
                          wanted)));
        });
    return inRegion;
  }

  private static void refuseIfElsewhere(
      FailoverRequest request, GlobalDatastore datastore, Member target) {
    if (target.isPrimary()) {
      throw new ProblemException(
              ProblemType.ALREADY_PRIMARY,
              "%s in %s is the primary of %s already; no call was made."
                  .formatted(target.replicationGroupId(), target.region(), datastore.id()))
          .with("primaryRegion", target.region());
    }
    var primary = datastore.primary().map(Member::region);
    if (request.expectedPrimaryRegion().isPresent()
        && primary.isPresent()
        && !request.expectedPrimaryRegion().equals(primary)) {
      throw new ProblemException(
              ProblemType.PRIMARY_ELSEWHERE,
              "The primary of %s was expected in %s but is in %s."
                  .formatted(datastore.id(), request.expectedPrimaryRegion().get(), primary.get()))
          .with("primaryRegion", primary.get());
    }
  }

  private static ProblemException denied(Failover failover) {
    var refusals = failover.decision().refusals();
    return new ProblemException(
            ProblemType.REFUSED_BY_POLICY,
            refusals.size() == 1
                ? "One rule refused. Nothing was changed."
                : "%d rules refused. Nothing was changed.".formatted(refusals.size()))
        .with("refusals", refusals)
        .with("failoverId", failover.id());
  }

  private static ProblemException invalid(Violation violation) {
    return new ProblemException(ProblemType.INVALID_REQUEST, "The request has one violation.")
        .with("violations", List.of(violation));
  }
}
