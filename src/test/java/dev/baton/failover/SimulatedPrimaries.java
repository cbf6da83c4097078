package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.Database.Table;
import dev.baton.failover.comparison.Recorded;
import dev.baton.failover.primary.RecordedPrimaries;
import dev.baton.failover.primary.RecordedPrimary;
import dev.baton.globaldatastore.LastMove;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The recorded primaries in memory: what the table does in PostgreSQL. */
final class SimulatedPrimaries implements RecordedPrimaries {
  private final Database.Session session;
  private final Rows rows;

  record Key(AccountId accountId, GlobalDatastoreId id) {}

  record Row(RecordedPrimary primary, Optional<Region> movedFrom, Optional<UUID> by) {}

  /** All recorded primaries. */
  static final class Rows {
    final Table<Key, Row> table = new Table<>(Row::toString);
  }

  SimulatedPrimaries(Database.Session session, Rows rows) {
    this.session = session;
    this.rows = rows;
  }

  @Override
  public Optional<LastMove> lastMove(AccountId accountId, GlobalDatastoreId id) {
    return session.statement(transaction ->
        transaction
            .get(rows.table, new Key(accountId, id))
            .flatMap(row ->
                row.movedFrom()
                    .map(from ->
                        new LastMove(
                            from,
                            row.primary().region(),
                            row.primary().since(),
                            row.primary().recordedAt(),
                            row.by()))));
  }

  @Override
  public Map<GlobalDatastoreId, LastMove> lastMoves(
      AccountId accountId, Collection<GlobalDatastoreId> datastores) {
    throw new UnsupportedOperationException("no schedule evacuates");
  }

  @Override
  public Map<GlobalDatastoreId, Region> regions(
      AccountId accountId, Collection<GlobalDatastoreId> datastores) {
    return session.statement(transaction -> {
      var regions = new LinkedHashMap<GlobalDatastoreId, Region>();
      datastores.forEach(id ->
          transaction
              .get(rows.table, new Key(accountId, id))
              .ifPresent(row -> regions.put(id, row.primary().region())));
      return regions;
    });
  }

  @Override
  public List<Recorded.Primary> all() {
    throw new UnsupportedOperationException("no schedule compares");
  }

  @Override
  public Optional<RecordedPrimary> locked(AccountId accountId, GlobalDatastoreId id) {
    return session.statement(transaction -> {
      var key = new Key(accountId, id);
      if (transaction.get(rows.table, key).isPresent()) {
        transaction.lock(rows.table, key);
      }
      return transaction.get(rows.table, key).map(Row::primary);
    });
  }

  @Override
  public void begin(AccountId accountId, GlobalDatastoreId id, RecordedPrimary first) {
    session.statement(transaction -> {
      var key = new Key(accountId, id);
      transaction.lock(rows.table, key);
      if (transaction.get(rows.table, key).isEmpty()) {
        transaction.put(rows.table, key, new Row(first, Optional.empty(), Optional.empty()));
      }
      return true;
    });
  }

  @Override
  public void move(
      AccountId accountId,
      GlobalDatastoreId id,
      Optional<Region> from,
      RecordedPrimary to,
      Optional<UUID> by) {
    session.statement(transaction -> {
      var key = new Key(accountId, id);
      transaction.lock(rows.table, key);
      var known = transaction.get(rows.table, key);
      if (known.isEmpty()) {
        transaction.put(
            rows.table, key, new Row(to, from, from.isPresent() ? by : Optional.empty()));
      } else if (from.isPresent() || !known.get().primary().region().equals(to.region())) {
        var movedFrom = from.or(() -> known.map(row -> row.primary().region()));
        transaction.put(rows.table, key, new Row(to, movedFrom, by));
      }
      return true;
    });
  }
}
