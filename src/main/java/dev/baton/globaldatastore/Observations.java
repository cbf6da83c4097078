package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** What AWS showed last, shared by all instances. It never goes backwards in time. */
@Component
public class Observations {
  private static final String COLUMNS = "account_id, region, began_at, since, snapshot";

  /** Nothing is known of what AWS showed in a longer gap, so a state doesn't last across it. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(1);

  /** One list without it doesn't prove that a Global datastore is gone. */
  private static final Duration KEPT_UNSEEN = Duration.ofMinutes(5);

  private final JdbcClient database;
  private final JsonMapper json;
  private final TransactionOperations transactions;
  private final ApplicationEventPublisher events;

  /** What tells Global datastores apart: an id may occur in several accounts. */
  record Key(AccountId accountId, GlobalDatastoreId id) {}

  Observations(
      JdbcClient database,
      JsonMapper json,
      TransactionOperations transactions,
      ApplicationEventPublisher events) {
    this.database = database;
    this.transactions = transactions;
    this.json = json;
    this.events = events;
  }

  /** What this Region showed last of this Global datastore. */
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

  /** What each Region showed last of this Global datastore, the youngest first. */
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

  /**
   * The youngest view of each Global datastore of these accounts after one, in the order of their
   * accounts and ids.
   */
  List<Observation> page(List<AccountId> accounts, Optional<Key> after, int limit) {
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

  int count(AccountId accountId, Region region) {
    return database
        .sql("select count(*) from observation where account_id = :account and region = :region")
        .param("account", accountId.value())
        .param("region", region.name())
        .query(Integer.class)
        .single();
  }

  /** The secondaries in a Region, of all Global datastores that it showed. */
  Set<ReplicationGroupId> secondaries(AccountId accountId, Region region) {
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

  /**
   * Stores what a describe showed, unless a younger describe was stored before, and then tells who
   * is concerned: only after the commit, so that whoever is told can read it.
   */
  public void record(
      AccountId accountId, Region region, Instant beganAt, List<GlobalDatastore> shown) {
    // In one order everywhere: two that store the same page don't wait for each other in a circle.
    var ordered =
        shown.stream().sorted(Comparator.comparing(datastore -> datastore.id().value())).toList();
    var changed =
        transactions.execute(_ ->
            ordered.stream()
                .filter(datastore -> store(accountId, region, beganAt, datastore))
                .map(GlobalDatastore::id)
                .toList());
    if (!changed.isEmpty()) {
      events.publishEvent(new ObservedChange(accountId, region, changed));
    }
    events.publishEvent(new RegionSeen(accountId, region, ordered));
  }

  /** Stores that AWS answered that the Region has no such Global datastore. */
  @Transactional
  public void recordGone(
      AccountId accountId, Region region, Instant beganAt, GlobalDatastoreId id) {
    database
        .sql(
            """
            delete from observation
            where account_id = :account and region = :region
              and global_replication_group_id = :id and began_at < :beganAt
            """)
        .param("account", accountId.value())
        .param("region", region.name())
        .param("id", id.value())
        .param("beganAt", timestamp(beganAt))
        .update();
  }

  /** Forgets what a list of all of them, and every one before it for a while, did not show. */
  @Transactional
  void forgetUnseen(AccountId accountId, Region region, Instant beganAt) {
    database
        .sql(
            """
            delete from observation
            where account_id = :account and region = :region and began_at < :unseenSince
            """)
        .param("account", accountId.value())
        .param("region", region.name())
        .param("unseenSince", timestamp(beganAt.minus(KEPT_UNSEEN)))
        .update();
  }

  private boolean store(
      AccountId accountId, Region region, Instant beganAt, GlobalDatastore datastore) {
    return database
        .sql(
            """
            insert into observation as known
              (account_id, region, global_replication_group_id, began_at, since, state, snapshot)
            values (:account, :region, :id, :beganAt, :beganAt, :state, :snapshot::jsonb)
            on conflict (account_id, region, global_replication_group_id) do update
              set began_at = excluded.began_at,
                  since = case when known.state = excluded.state
                                and excluded.began_at - known.began_at <= :longestGap::interval
                               then known.since else excluded.since end,
                  state = excluded.state,
                  snapshot = excluded.snapshot
              where known.began_at < excluded.began_at
            returning since = began_at as changed
            """)
        .param("account", accountId.value())
        .param("region", region.name())
        .param("id", datastore.id().value())
        .param("beganAt", timestamp(beganAt))
        .param("longestGap", LONGEST_GAP.toString())
        .param("state", state(datastore))
        .param("snapshot", json.writeValueAsString(datastore))
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  private static String state(GlobalDatastore datastore) {
    return datastore.status()
        + datastore.members().stream()
            .map(member ->
                " %s/%s=%s,%s"
                    .formatted(
                        member.region(),
                        member.replicationGroupId(),
                        member.role(),
                        member.status()))
            .sorted()
            .collect(Collectors.joining());
  }

  private Observation observation(ResultSet row, int number) throws SQLException {
    return new Observation(
        new AccountId(row.getString("account_id")),
        new Region(row.getString("region")),
        json.readValue(row.getString("snapshot"), GlobalDatastore.class),
        row.getObject("began_at", OffsetDateTime.class).toInstant(),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
