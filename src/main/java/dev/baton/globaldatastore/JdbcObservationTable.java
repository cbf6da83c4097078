package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.core.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;
import tools.jackson.databind.json.JsonMapper;

/** The observations' table in PostgreSQL. */
@Component
class JdbcObservationTable implements ObservationTable {
  private static final String COLUMNS = "account_id, region, began_at, since, snapshot";

  /** A few kilobytes each. */
  private static final int KEPT = 5_000;

  private final JdbcClient database;
  private final JsonMapper json;

  /** Most is read again and again, and is what it was. */
  private final ConcurrentLruCache<String, GlobalDatastore> read;

  JdbcObservationTable(JdbcClient database, JsonMapper json) {
    this.database = database;
    this.json = json;
    this.read = new ConcurrentLruCache<>(KEPT, text -> json.readValue(text, GlobalDatastore.class));
  }

  @Override
  public Optional<Observation> latest(AccountId accountId, Region region, GlobalDatastoreId id) {
    return database
        .sql(
            "select "
                + COLUMNS
                + """
                 from observation
                where account_id = :account and region = :region
                  and global_replication_group_id = :id
                """)
        .param("account", accountId.value())
        .param("region", region.name())
        .param("id", id.value())
        .query(this::observation)
        .optional();
  }

  @Override
  public List<Observation> latest(AccountId accountId, GlobalDatastoreId id) {
    return database
        .sql(
            "select "
                + COLUMNS
                + """
                 from observation
                where account_id = :account and global_replication_group_id = :id
                order by began_at desc, region
                """)
        .param("account", accountId.value())
        .param("id", id.value())
        .query(this::observation)
        .list();
  }

  @Override
  public List<Observation> latest(AccountId accountId, Collection<GlobalDatastoreId> ids) {
    return database
        .sql(
            "select "
                + COLUMNS
                + """
                 from observation
                where account_id = :account and global_replication_group_id = any(:ids)
                """)
        .param("account", accountId.value())
        .param("ids", ids.stream().map(GlobalDatastoreId::value).toArray(String[]::new))
        .query(this::observation)
        .list();
  }

  @Override
  public Set<GlobalDatastoreId> shown(AccountId accountId, Region region) {
    return database
        .sql(
            """
            select global_replication_group_id from observation
            where account_id = :account and region = :region
            """)
        .param("account", accountId.value())
        .param("region", region.name())
        .query((row, _) -> new GlobalDatastoreId(row.getString(1)))
        .set();
  }

  @Override
  public List<Observation> page(
      List<AccountId> accounts, Optional<Observations.Key> after, int limit) {
    return database
        .sql(
            "select distinct on (account_id, global_replication_group_id) "
                + COLUMNS
                + """
                 from observation
                where account_id in (:accounts)
                  and (account_id, global_replication_group_id) > (:afterAccount, :afterId)
                order by account_id, global_replication_group_id, began_at desc limit :limit
                """)
        .param("accounts", accounts.stream().map(AccountId::value).toList())
        .param("afterAccount", after.map(key -> key.accountId().value()).orElse(""))
        .param("afterId", after.map(key -> key.id().value()).orElse(""))
        .param("limit", limit)
        .query(this::observation)
        .list();
  }

  @Override
  public int count(AccountId accountId, Region region) {
    return database
        .sql("select count(*) from observation where account_id = :account and region = :region")
        .param("account", accountId.value())
        .param("region", region.name())
        .query(Integer.class)
        .single();
  }

  @Override
  public Set<ReplicationGroupId> secondaries(AccountId accountId, Region region) {
    return database
        .sql(
            """
            select member ->> 'replicationGroupId'
            from observation, jsonb_array_elements(snapshot -> 'members') as member
            where account_id = :account and region = :region
              and member ->> 'region' = :region and upper(member ->> 'role') = 'SECONDARY'
            """)
        .param("account", accountId.value())
        .param("region", region.name())
        .query((row, _) -> new ReplicationGroupId(row.getString(1)))
        .set();
  }

  @Override
  public Set<GlobalDatastoreId> store(
      AccountId accountId,
      Region region,
      Instant beganAt,
      Collection<View> views,
      Duration longestGap) {
    return database
        .sql(
            // In one order everywhere: two that store the same page don't wait for each other in a
            // circle.
            """
            with stored as (
              insert into observation as known
                (account_id, region, global_replication_group_id, began_at, since, state, snapshot)
              select :account, :region, id, :beganAt, :beganAt, state, snapshot::jsonb
              from unnest(:ids, :states, :snapshots) as shown(id, state, snapshot)
              order by id
              on conflict (account_id, region, global_replication_group_id) do update
                set began_at = excluded.began_at,
                    since = case when known.state = excluded.state
                                  and excluded.began_at - known.began_at <= :longestGap::interval
                                 then known.since else excluded.since end,
                    state = excluded.state,
                    snapshot = excluded.snapshot
                where known.began_at < excluded.began_at
              returning global_replication_group_id as id, since = began_at as changed)
            select id from stored where changed
            """)
        .param("account", accountId.value())
        .param("region", region.name())
        .param("beganAt", Timestamps.of(beganAt))
        .param("ids", texts(views, view -> view.datastore().id().value()))
        .param("states", texts(views, View::state))
        .param("snapshots", texts(views, view -> json.writeValueAsString(view.datastore())))
        .param("longestGap", longestGap.toString())
        .query((row, _) -> new GlobalDatastoreId(row.getString(1)))
        .set();
  }

  private static String[] texts(Collection<View> views, Function<View, String> text) {
    return views.stream().map(text).toArray(String[]::new);
  }

  @Override
  public void remove(AccountId accountId, Region region, GlobalDatastoreId id, Instant before) {
    database
        .sql(
            """
            delete from observation
            where account_id = :account and region = :region
              and global_replication_group_id = :id and began_at < :before
            """)
        .param("account", accountId.value())
        .param("region", region.name())
        .param("id", id.value())
        .param("before", Timestamps.of(before))
        .update();
  }

  @Override
  public void removeAll(AccountId accountId, Region region, Instant before) {
    database
        .sql(
            """
            delete from observation
            where account_id = :account and region = :region and began_at < :before
            """)
        .param("account", accountId.value())
        .param("region", region.name())
        .param("before", Timestamps.of(before))
        .update();
  }

  private Observation observation(ResultSet row, int number) throws SQLException {
    return new Observation(
        new AccountId(row.getString("account_id")),
        new Region(row.getString("region")),
        read.get(row.getString("snapshot")),
        row.getObject("began_at", OffsetDateTime.class).toInstant(),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }
}
