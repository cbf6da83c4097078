package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.Database.Table;
import dev.baton.deterministic.Database.Transaction;
import dev.baton.failover.process.AttemptOutcome;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.globaldatastore.LastFailover;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;

/**
 * The failovers in memory. As with JPA, what is changed in a transaction is stored at its end, and
 * the database refuses a second unfinished failover of a Global datastore.
 */
final class SimulatedFailovers implements FailoverRepository {
  private static final Set<FailoverStatus> NOT_CARRIED_OUT =
      Set.of(
          FailoverStatus.AWAITING_APPROVAL,
          FailoverStatus.SCHEDULED,
          FailoverStatus.DENIED,
          FailoverStatus.CANCELLED,
          FailoverStatus.EXPIRED);

  private final Database.Session session;
  private final Rows rows;

  /** All failovers. */
  static final class Rows {
    final Table<UUID, Failover> table = new Table<>(failover -> failover.id().toString());
  }

  private static final class Managed {
    private final Failover failover;
    private Failover stored;

    private Managed(Failover stored) {
      this.failover = EntityState.copy(stored);
      this.stored = stored;
    }
  }

  SimulatedFailovers(Database.Session session, Rows rows) {
    this.session = session;
    this.rows = rows;
  }

  @Override
  public Failover saveAndFlush(Failover failover) {
    return session.statement(transaction -> {
      var managed = managed(transaction).get(failover.getId());
      if (managed != null) {
        flush(transaction, managed);
        return managed.failover;
      }
      insert(transaction, failover);
      return failover;
    });
  }

  private void insert(Transaction transaction, Failover failover) {
    if (failover.finishedAt().isEmpty()) {
      transaction.lock(new OneAtATime(failover.accountId(), failover.globalReplicationGroupId()));
      if (find(transaction, isUnfinished(failover)).findAny().isPresent()) {
        throw new DataIntegrityViolationException("duplicate key: failover_one_at_a_time");
      }
    }
    transaction.put(rows.table, failover.getId(), EntityState.copy(failover));
  }

  private record OneAtATime(AccountId accountId, GlobalDatastoreId datastore) {}

  private static Predicate<Failover> isUnfinished(Failover like) {
    return isUnfinished(like.accountId(), like.globalReplicationGroupId());
  }

  private static Predicate<Failover> isUnfinished(
      AccountId accountId, GlobalDatastoreId datastore) {
    return of(accountId, datastore).and(failover -> failover.finishedAt().isEmpty());
  }

  private static Predicate<Failover> of(AccountId accountId, GlobalDatastoreId datastore) {
    return failover ->
        failover.accountId().equals(accountId)
            && failover.globalReplicationGroupId().equals(datastore);
  }

  private void flush(Transaction transaction, Managed managed) {
    if (!EntityState.isSame(managed.failover, managed.stored)) {
      var version = managed.stored.version() + 1;
      managed.stored = EntityState.copy(managed.failover, version);
      EntityState.setVersion(managed.failover, version);
      transaction.put(rows.table, managed.failover.getId(), managed.stored);
    }
  }

  @Override
  public Optional<Failover> findById(UUID id) {
    return session.statement(transaction -> transaction.get(rows.table, id).map(EntityState::copy));
  }

  @Override
  public Optional<Failover> findForChange(UUID id) {
    return session.statement(transaction -> {
      transaction.lock(rows.table, id);
      var known = managed(transaction);
      if (!known.containsKey(id)) {
        transaction
            .get(rows.table, id)
            .ifPresent(stored -> {
              var managed = new Managed(stored);
              known.put(id, managed);
              transaction.beforeCommit(() -> flush(transaction, managed));
            });
      }
      return Optional.ofNullable(known.get(id)).map(managed -> managed.failover);
    });
  }

  private static Map<UUID, Managed> managed(Transaction transaction) {
    return transaction.attached(SimulatedFailovers.class, _ -> new HashMap<>());
  }

  @Override
  public Optional<Failover> findUnfinished(AccountId accountId, GlobalDatastoreId datastore) {
    return find(isUnfinished(accountId, datastore)).stream().findFirst().map(EntityState::copy);
  }

  private List<Failover> find(Predicate<Failover> wanted) {
    return session.statement(transaction -> find(transaction, wanted).toList());
  }

  private Stream<Failover> find(Transaction transaction, Predicate<Failover> wanted) {
    return transaction.all(rows.table).stream().filter(wanted);
  }

  @Override
  public List<UUID> findUnfinished(
      AccountId accountId, Region region, List<GlobalDatastoreId> datastores) {
    return find(failover ->
            failover.accountId().equals(accountId)
                && failover.targetRegion().equals(region)
                && datastores.contains(failover.globalReplicationGroupId())
                && failover.finishedAt().isEmpty())
        .stream()
        .map(Failover::getId)
        .toList();
  }

  private static boolean isAboutToLeave(Region region, Failover failover) {
    return failover.sourceRegion().equals(Optional.of(region))
        && failover.mode() == FailoverMode.SWITCHOVER
        && failover.status() == FailoverStatus.PENDING;
  }

  @Override
  public List<FailoverUnderWay> findUnderWay(AccountId accountId, Region region) {
    return find(failover ->
            failover.accountId().equals(accountId)
                && (failover.targetRegion().equals(region) || isAboutToLeave(region, failover))
                && failover.finishedAt().isEmpty())
        .stream()
        .map(failover ->
            new FailoverUnderWay(
                failover.globalReplicationGroupId(),
                failover.snapshot().promotionStartedAt().orElse(failover.requestedAt()),
                failover.status(),
                failover.mode()))
        .toList();
  }

  @Override
  public List<UnderWayBetween> countUnderWay(
      AccountId accountId, GlobalDatastoreId datastore, Instant aheadOf) {
    return find(failover ->
            failover.accountId().equals(accountId)
                && !failover.globalReplicationGroupId().equals(datastore)
                && failover.finishedAt().isEmpty()
                && (failover.requestedAt().isBefore(aheadOf)
                    || failover.status() != FailoverStatus.PENDING))
        .stream()
        .collect(
            Collectors.groupingBy(
                failover ->
                    new UnderWayBetween(
                        failover.sourceRegion().orElse(null), failover.targetRegion(), 0),
                Collectors.counting()))
        .entrySet()
        .stream()
        .map(pair ->
            new UnderWayBetween(pair.getKey().source(), pair.getKey().target(), pair.getValue()))
        .toList();
  }

  @Override
  public List<Unfinished> findUnfinished() {
    return find(failover -> failover.finishedAt().isEmpty()).stream()
        .map(failover ->
            new Unfinished(
                failover.getId(),
                failover.status(),
                failover.mode(),
                failover.accountId(),
                failover.globalReplicationGroupId(),
                failover.sourceRegion().orElse(null),
                failover.targetRegion(),
                failover.targetReplicationGroupId()))
        .toList();
  }

  @Override
  public List<LastPromotion> findLastPromotions(
      AccountId accountId, Collection<GlobalDatastoreId> datastores) {
    throw new UnsupportedOperationException("no schedule evacuates");
  }

  @Override
  public List<UUID> findPending() {
    return find(failover -> failover.status() == FailoverStatus.PENDING).stream()
        .map(Failover::getId)
        .toList();
  }

  @Override
  public long lockCount(String account) {
    throw new UnsupportedOperationException("no policy of a schedule looks at other failovers");
  }

  @Override
  public List<Failover> findLast(Limit limit) {
    throw new UnsupportedOperationException("no schedule looks back");
  }

  @Override
  public boolean isOnItsWay(AccountId accountId, GlobalDatastoreId datastore, Region target) {
    return find(isUnfinished(accountId, datastore)).stream()
        .filter(failover -> failover.targetRegion().equals(target))
        .flatMap(failover -> failover.attempts().stream())
        .anyMatch(SimulatedFailovers::mayHaveActed);
  }

  private static boolean mayHaveActed(Attempt attempt) {
    return attempt
        .outcome()
        .map(outcome -> outcome == AttemptOutcome.ACCEPTED || outcome == AttemptOutcome.UNKNOWN)
        .orElse(true);
  }

  @Override
  public List<UUID> findThatCalledFor(
      AccountId accountId,
      GlobalDatastoreId datastore,
      Region target,
      Instant calledAfter,
      Instant finishedAfter) {
    return find(of(accountId, datastore)).stream()
        .filter(failover -> failover.targetRegion().equals(target))
        .filter(failover -> failover.finishedAt().filter(finishedAfter::isBefore).isPresent())
        .flatMap(failover ->
            failover.attempts().stream()
                .filter(SimulatedFailovers::mayHaveActed)
                .filter(attempt -> attempt.intendedAt().isAfter(calledAfter))
                .map(attempt -> Map.entry(failover.getId(), attempt.intendedAt())))
        .sorted(Map.Entry.<UUID, Instant>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What {@link JdbcLastFailovers} finds in SQL. */
  Optional<LastFailover> findLast(
      AccountId accountId, GlobalDatastoreId datastore, Set<UUID> besides) {
    return find(of(accountId, datastore)).stream()
        .filter(failover -> !NOT_CARRIED_OUT.contains(failover.status()))
        .filter(failover -> !besides.contains(failover.getId()))
        .max(Comparator.comparing(failover -> failover.finishedAt().orElse(Instant.MAX)))
        .map(failover ->
            new LastFailover(
                failover.getId(),
                failover.targetRegion(),
                failover.status().name(),
                JdbcLastFailovers.outcome(failover.status()),
                failover.finishedAt().orElse(failover.updatedAt())));
  }

  @Override
  public Optional<Instant> findLastPromotion(AccountId accountId, GlobalDatastoreId datastore) {
    return find(of(accountId, datastore)).stream()
        .filter(failover -> failover.effect() == FailoverEffect.PROMOTED)
        .flatMap(failover -> failover.finishedAt().stream())
        .max(Comparator.naturalOrder());
  }
}
