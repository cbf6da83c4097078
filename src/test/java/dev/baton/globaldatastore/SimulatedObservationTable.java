package dev.baton.globaldatastore;

import static java.util.Comparator.comparing;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.Database.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The observations in memory: what {@link JdbcObservationTable} does in SQL. */
final class SimulatedObservationTable implements ObservationTable {
  private final Database.Session session;
  private final Rows rows;

  record Key(AccountId accountId, Region region, GlobalDatastoreId id) {}

  record Row(Observation observation, String state) {}

  /** What Regions showed last. */
  static final class Rows {
    private final Table<Key, Row> table = new Table<>(Row::toString);
  }

  SimulatedObservationTable(Database.Session session, Rows rows) {
    this.session = session;
    this.rows = rows;
  }

  @Override
  public Optional<Observation> latest(AccountId accountId, Region region, GlobalDatastoreId id) {
    return session.statement(transaction ->
        transaction.get(rows.table, new Key(accountId, region, id)).map(Row::observation));
  }

  @Override
  public List<Observation> latest(AccountId accountId, GlobalDatastoreId id) {
    return latest(accountId, Set.of(id));
  }

  @Override
  public List<Observation> latest(AccountId accountId, Collection<GlobalDatastoreId> ids) {
    return all().stream()
        .filter(seen -> seen.accountId().equals(accountId))
        .filter(seen -> ids.contains(seen.datastore().id()))
        .sorted(
            Comparator.comparing(Observation::beganAt)
                .reversed()
                .thenComparing(seen -> seen.region().name()))
        .toList();
  }

  @Override
  public Set<GlobalDatastoreId> shown(AccountId accountId, Region region) {
    return in(accountId, region).stream()
        .map(seen -> seen.datastore().id())
        .collect(Collectors.toSet());
  }

  private List<Observation> all() {
    return session.statement(
        transaction -> transaction.all(rows.table).stream().map(Row::observation).toList());
  }

  @Override
  public List<Observation> page(
      List<AccountId> accounts, Optional<Observations.Key> after, int limit) {
    throw new UnsupportedOperationException("nobody reads lists here");
  }

  @Override
  public int count(AccountId accountId, Region region) {
    return in(accountId, region).size();
  }

  @Override
  public Set<ReplicationGroupId> secondaries(AccountId accountId, Region region) {
    return in(accountId, region).stream()
        .flatMap(seen -> seen.datastore().members().stream())
        .filter(member -> member.region().equals(region) && member.isSecondary())
        .map(Member::replicationGroupId)
        .collect(Collectors.toSet());
  }

  private List<Observation> in(AccountId accountId, Region region) {
    return all().stream()
        .filter(seen -> seen.accountId().equals(accountId) && seen.region().equals(region))
        .toList();
  }

  @Override
  public Set<GlobalDatastoreId> store(
      AccountId accountId,
      Region region,
      Instant beganAt,
      Collection<View> views,
      Duration longestGap) {
    return session.statement(transaction -> {
      var changed = new HashSet<GlobalDatastoreId>();
      for (var view : views.stream().sorted(comparing(SimulatedObservationTable::id)).toList()) {
        if (isAnother(transaction, accountId, region, beganAt, view, longestGap)) {
          changed.add(view.datastore().id());
        }
      }
      return changed;
    });
  }

  private static String id(View view) {
    return view.datastore().id().value();
  }

  private boolean isAnother(
      Database.Transaction transaction,
      AccountId accountId,
      Region region,
      Instant beganAt,
      View view,
      Duration longestGap) {
    var key = new Key(accountId, region, view.datastore().id());
    transaction.lock(rows.table, key);
    var known = transaction.get(rows.table, key);
    if (known.filter(row -> !row.observation().beganAt().isBefore(beganAt)).isPresent()) {
      return false;
    }
    var since =
        known
            .filter(row -> row.state().equals(view.state()))
            .map(Row::observation)
            .filter(row -> Duration.between(row.beganAt(), beganAt).compareTo(longestGap) <= 0)
            .map(Observation::since)
            .orElse(beganAt);
    transaction.put(
        rows.table,
        key,
        new Row(
            new Observation(accountId, region, view.datastore(), beganAt, since), view.state()));
    return since.equals(beganAt);
  }

  @Override
  public void remove(AccountId accountId, Region region, GlobalDatastoreId id, Instant before) {
    session.statement(transaction -> {
      var key = new Key(accountId, region, id);
      if (transaction
          .get(rows.table, key)
          .filter(row -> row.observation().beganAt().isBefore(before))
          .isPresent()) {
        transaction.remove(rows.table, key);
      }
      return true;
    });
  }

  @Override
  public void removeAll(AccountId accountId, Region region, Instant before) {
    session.statement(transaction -> {
      transaction.all(rows.table).stream()
          .map(Row::observation)
          .filter(seen -> seen.accountId().equals(accountId) && seen.region().equals(region))
          .filter(seen -> seen.beganAt().isBefore(before))
          .forEach(seen ->
              transaction.remove(rows.table, new Key(accountId, region, seen.datastore().id())));
      return true;
    });
  }
}
