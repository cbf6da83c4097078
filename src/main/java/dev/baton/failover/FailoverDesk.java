package dev.baton.failover;

import dev.baton.audit.AuditLog;
import dev.baton.audit.AuditStream;
import dev.baton.failover.FailoverPreparation.Prepared;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.policy.Requester;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Takes requests for failovers: accepts, denies or turns them away, and records which. */
@Component
class FailoverDesk {
  private static final Logger LOG = LoggerFactory.getLogger(FailoverDesk.class);

  /** The index that lets the database refuse a second unfinished failover. */
  private static final String ONE_AT_A_TIME = "failover_one_at_a_time";

  private final FailoverPreparation preparation;
  private final DatastoreLookup lookup;
  private final FailoverLedger ledger;
  private final FailoverScheduling scheduling;
  private final AuditLog audit;
  private final TransactionOperations transactions;
  private final InstantSource clock;

  FailoverDesk(
      FailoverPreparation preparation,
      DatastoreLookup lookup,
      FailoverLedger ledger,
      FailoverScheduling scheduling,
      AuditLog audit,
      TransactionOperations transactions,
      InstantSource clock) {
    this.preparation = preparation;
    this.lookup = lookup;
    this.ledger = ledger;
    this.scheduling = scheduling;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Accepts a request, durably: whatever happens from now on, it comes to an end.
   *
   * @param whenStored what belongs into the transaction that stores the failover, accepted or
   *     denied
   * @throws ProblemException if it was denied or turned away
   */
  Failover take(FailoverRequest request, Requester requester, Consumer<Failover> whenStored) {
    var prepared = prepared(request, requester);
    var stored = open(prepared, request, whenStored);
    if (stored.status() == FailoverStatus.DENIED) {
      throw denied(stored);
    }
    if (!stored.status().isWaiting()) {
      scheduling.startDue();
    }
    return stored;
  }

  /**
   * Stores a member of an evacuation, accepted or denied.
   *
   * @param whenStored what belongs into the transaction; if that says no, nothing is stored
   * @throws ProblemException if it was turned away
   */
  void takeMember(Prepared prepared, FailoverRequest request, Predicate<Failover> whenStored) {
    try {
      open(
          prepared,
          request,
          stored -> {
            if (!whenStored.test(stored)) {
              throw new NotWanted();
            }
          });
      scheduling.startDue();
    } catch (NotWanted overtaken) {
      LOG.debug("{} has started already, or is not to", request.globalReplicationGroupId());
    }
  }

  private static final class NotWanted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private Prepared prepared(FailoverRequest request, Requester requester) {
    try {
      return preparation.prepare(request, requester, found -> lookup.record(request, found));
    } catch (ProblemException turnedAway) {
      var type = turnedAway.problem().type();
      if (type.status() >= 500 || type == ProblemType.OVERRIDE_REFUSED) {
        recordTurnedAway(request, requester, turnedAway);
      }
      throw turnedAway;
    }
  }

  private void recordTurnedAway(
      FailoverRequest request, Requester requester, ProblemException turnedAway) {
    var stream =
        AuditStream.of(
            "global-datastore", request.accountId() + "/" + request.globalReplicationGroupId());
    transactions.executeWithoutResult(_ ->
        audit.append(
            stream,
            "FAILOVER_TURNED_AWAY",
            requester.actor(),
            clock.instant(),
            Map.of(
                "mode", request.mode(),
                "targetRegion", request.targetRegion(),
                "overrides", request.overrides().stream().sorted().toList(),
                "reason", request.reason(),
                "problem", turnedAway.problem().type().uri(),
                "detail", turnedAway.problem().detail())));
  }

  private Failover open(Prepared prepared, FailoverRequest request, Consumer<Failover> whenStored) {
    try {
      return Objects.requireNonNull(
          transactions.execute(_ -> {
            var stored = open(prepared);
            whenStored.accept(stored);
            return stored;
          }));
    } catch (DataIntegrityViolationException e) {
      preparation.refuseIfUnderWay(request);
      if (!String.valueOf(e.getMessage()).contains(ONE_AT_A_TIME)) {
        throw e;
      }
      throw new ProblemException(
          ProblemType.FAILOVER_IN_PROGRESS,
          "Another failover of %s ended just now; look where its primary is, then decide anew."
              .formatted(request.globalReplicationGroupId()));
    }
  }

  private Failover open(Prepared prepared) {
    var failover = prepared.failover();
    return prepared
        .givesWay()
        .filter(_ -> failover.status() != FailoverStatus.DENIED)
        .map(waiting ->
            ledger
                .openInsteadOf(waiting, failover)
                .orElseThrow(() -> FailoverPreparation.underWay(waiting)))
        .orElseGet(() -> ledger.open(failover));
  }

  static ProblemException denied(Failover failover) {
    var refusals = failover.decision().refusals();
    return new ProblemException(
            ProblemType.REFUSED_BY_POLICY,
            refusals.size() == 1
                ? "One rule refused. Nothing was changed."
                : "%d rules refused. Nothing was changed.".formatted(refusals.size()))
        .with("refusals", refusals)
        .with("failoverId", failover.id());
  }
}
