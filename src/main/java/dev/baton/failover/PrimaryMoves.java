package dev.baton.failover;

import dev.baton.audit.AuditLog;
import dev.baton.audit.AuditStream;
import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.failover.primary.MoveEvidence;
import dev.baton.failover.primary.MoveEvidence.Verdict;
import dev.baton.failover.primary.RecordedPrimaries;
import dev.baton.failover.primary.RecordedPrimary;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observations;
import dev.baton.globaldatastore.Observers;
import dev.baton.globaldatastore.RegionSeen;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Notices that a primary was moved without Baton, records it once, and has the failover looked at
 * that is still to come.
 */
@Component
class PrimaryMoves {
  private static final Logger LOG = LoggerFactory.getLogger(PrimaryMoves.class);

  /** So long after its end, what a failover called for may still come. */
  private static final Duration AFTERMATH = Duration.ofMinutes(10);

  private final RecordedPrimaries primaries;
  private final Observations observations;
  private final FailoverRepository failovers;
  private final FailoverScheduling scheduling;
  private final Observers observers;
  private final AuditLog audit;
  private final TransactionOperations transactions;
  private final InstantSource clock;

  PrimaryMoves(
      RecordedPrimaries primaries,
      Observations observations,
      FailoverRepository failovers,
      FailoverScheduling scheduling,
      Observers observers,
      AuditLog audit,
      TransactionOperations transactions,
      InstantSource clock) {
    this.primaries = primaries;
    this.observations = observations;
    this.failovers = failovers;
    this.scheduling = scheduling;
    this.observers = observers;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What fails here is done at the next look: whoever looked has other things to do. */
  @EventListener
  void look(RegionSeen seen) {
    try {
      var known =
          primaries.regions(
              seen.accountId(), seen.shown().stream().map(GlobalDatastore::id).toList());
      seen.shown().stream()
          .filter(GlobalDatastore::isSettled)
          .filter(datastore ->
              !primary(datastore).equals(Optional.ofNullable(known.get(datastore.id()))))
          .forEach(datastore -> look(seen.accountId(), datastore.id()));
    } catch (DataAccessException failure) {
      LOG.warn("Whether primaries of {} have moved can't be told", seen.region(), failure);
    }
  }

  private void look(AccountId accountId, GlobalDatastoreId id) {
    switch (record(accountId, id)) {
      case Verdict.Unmoved _ -> {}
      case Verdict.Unclear(var region) -> observers.lookSoon(accountId, region);
      case Verdict.Moved(var region, _, _) -> {
        LOG.info("The primary of {} is in {}", id, region);
        failovers
            .findUnfinished(accountId, id)
            .ifPresent(failover -> scheduling.wake(failover.id()));
      }
    }
  }

  private Verdict record(AccountId accountId, GlobalDatastoreId id) {
    return Objects.requireNonNull(
        transactions.execute(_ -> {
          var known = primaries.locked(accountId, id);
          // Read under the lock: what another instance has just recorded is no news.
          var verdict =
              MoveEvidence.judge(known, observations.latest(accountId, id), clock.instant());
          return verdict instanceof Verdict.Moved moved
              ? record(accountId, id, known, moved)
              : verdict;
        }));
  }

  private Verdict record(
      AccountId accountId,
      GlobalDatastoreId id,
      Optional<RecordedPrimary> known,
      Verdict.Moved moved) {
    if (known.isEmpty()) {
      // Nothing has moved yet that a view could fall back behind.
      primaries.begin(accountId, id, new RecordedPrimary(moved.to(), moved.since(), moved.since()));
      return new Verdict.Unmoved();
    }
    var now = new RecordedPrimary(moved.to(), moved.since(), clock.instant());
    var from = known.get();
    if (failovers.isOnItsWay(accountId, id, moved.to())) {
      // It records the move itself, once it has succeeded.
      return new Verdict.Unmoved();
    }
    var by =
        failovers
            .findThatCalledFor(
                accountId, id, moved.to(), from.since(), clock.instant().minus(AFTERMATH))
            .stream()
            .findFirst();
    primaries.move(accountId, id, Optional.of(from.region()), now, by);
    if (by.isEmpty()) {
      append(accountId, id, from, moved);
    }
    return moved;
  }

  private void append(
      AccountId accountId, GlobalDatastoreId id, RecordedPrimary from, Verdict.Moved moved) {
    audit.append(
        AuditStream.of("global-datastore", accountId + "/" + id),
        "PRIMARY_MOVED_EXTERNALLY",
        Actor.BATON,
        clock.instant(),
        Map.of(
            "accountId", accountId,
            "globalReplicationGroupId", id,
            "fromRegion", from.region(),
            "toRegion", moved.to(),
            "firstSeenAt", moved.since(),
            "seenFrom", moved.seenFrom()));
  }

  private static Optional<Region> primary(GlobalDatastore datastore) {
    return datastore.primary().map(Member::region);
  }
}
