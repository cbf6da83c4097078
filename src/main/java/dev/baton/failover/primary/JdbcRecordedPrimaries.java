package dev.baton.failover.primary;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.Timestamps;
import dev.baton.failover.comparison.Recorded;
import dev.baton.globaldatastore.LastMove;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The recorded primaries' table in PostgreSQL. */
@Component
class JdbcRecordedPrimaries implements RecordedPrimaries {
  private static final String ONE =
      " from recorded_primary where account_id = :account and global_replication_group_id = :id ";

  private final JdbcClient database;

  JdbcRecordedPrimaries(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Optional<LastMove> lastMove(AccountId accountId, GlobalDatastoreId id) {
    return database
        .sql(
            "select moved_from, region, since, recorded_at, failover_id"
                + ONE
                + "and moved_from is not null")
        .param("account", accountId.value())
        .param("id", id.value())
        .query(JdbcRecordedPrimaries::move)
        .optional();
  }

  @Override
  public Map<GlobalDatastoreId, LastMove> lastMoves(
      AccountId accountId, Collection<GlobalDatastoreId> datastores) {
    return database
        .sql(
            """
            select moved_from, region, since, recorded_at, failover_id, global_replication_group_id
            from recorded_primary
            where account_id = :account and global_replication_group_id = any(:ids)
              and moved_from is not null
            """)
        .param("account", accountId.value())
        .param("ids", datastores.stream().map(GlobalDatastoreId::value).toArray(String[]::new))
        .query(
            (row, number) -> Map.entry(new GlobalDatastoreId(row.getString(6)), move(row, number)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public Map<GlobalDatastoreId, Region> regions(
      AccountId accountId, Collection<GlobalDatastoreId> datastores) {
    return database
        .sql(
            """
            select global_replication_group_id, region from recorded_primary
            where account_id = :account and global_replication_group_id = any(:ids)
            """)
        .param("account", accountId.value())
        .param("ids", datastores.stream().map(GlobalDatastoreId::value).toArray(String[]::new))
        .query((row, _) ->
            Map.entry(new GlobalDatastoreId(row.getString(1)), new Region(row.getString(2))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public List<Recorded.Primary> all() {
    return database
        .sql(
            """
            select account_id, global_replication_group_id, region, since from recorded_primary
            order by account_id, global_replication_group_id
            """)
        .query((row, _) ->
            new Recorded.Primary(
                new AccountId(row.getString(1)),
                new GlobalDatastoreId(row.getString(2)),
                new Region(row.getString(3)),
                instant(row, 4)))
        .list();
  }

  @Override
  public Optional<RecordedPrimary> locked(AccountId accountId, GlobalDatastoreId id) {
    return database
        .sql("select region, since, recorded_at" + ONE + "for update")
        .param("account", accountId.value())
        .param("id", id.value())
        .query((row, _) ->
            new RecordedPrimary(new Region(row.getString(1)), instant(row, 2), instant(row, 3)))
        .optional();
  }

  @Override
  public void begin(AccountId accountId, GlobalDatastoreId id, RecordedPrimary first) {
    database
        .sql(
            """
            insert into recorded_primary
              (account_id, global_replication_group_id, region, since, recorded_at)
            values (:account, :id, :region, :since, :recordedAt)
            on conflict do nothing
            """)
        .param("account", accountId.value())
        .param("id", id.value())
        .param("region", first.region().name())
        .param("since", Timestamps.of(first.since()))
        .param("recordedAt", Timestamps.of(first.recordedAt()))
        .update();
  }

  @Override
  public void move(
      AccountId accountId,
      GlobalDatastoreId id,
      Optional<Region> from,
      RecordedPrimary to,
      Optional<UUID> by) {
    database
        .sql(
            """
            insert into recorded_primary as known
              (account_id, global_replication_group_id, region, since, recorded_at, moved_from,
               failover_id)
            values (:account, :id, :region, :since, :recordedAt, :from,
              case when cast(:from as text) is not null then cast(:by as uuid) end)
            on conflict (account_id, global_replication_group_id) do update
              set region = excluded.region,
                  since = excluded.since,
                  recorded_at = excluded.recorded_at,
                  moved_from = coalesce(excluded.moved_from, known.region),
                  failover_id = cast(:by as uuid)
              where known.region <> excluded.region or excluded.moved_from is not null
            """)
        .param("account", accountId.value())
        .param("id", id.value())
        .param("region", to.region().name())
        .param("since", Timestamps.of(to.since()))
        .param("recordedAt", Timestamps.of(to.recordedAt()))
        .param("from", from.map(Region::name).orElse(null))
        .param("by", by.orElse(null))
        .update();
  }

  private static LastMove move(ResultSet row, int number) throws SQLException {
    return new LastMove(
        new Region(row.getString("moved_from")),
        new Region(row.getString("region")),
        instant(row, 3),
        instant(row, 4),
        Optional.ofNullable(row.getObject("failover_id", UUID.class)));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
