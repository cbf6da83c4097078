package dev.baton.failover;

import static java.util.stream.Collectors.toMap;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.globaldatastore.LastFailover;
import dev.baton.globaldatastore.LastFailovers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the last failovers in PostgreSQL, of many Global datastores at once. */
@Component
class JdbcLastFailovers implements LastFailovers {
  private final JdbcClient database;

  JdbcLastFailovers(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Map<GlobalDatastoreId, LastFailover> of(
      AccountId accountId, Collection<GlobalDatastoreId> datastores, Set<UUID> besides) {
    return database
        .sql(
            // Descending, what is unfinished comes first, as it does in the index that this
            // follows.
            """
            select wanted.datastore, last.* from unnest(:ids) as wanted(datastore)
            cross join lateral (
              select id, target_region, status, coalesce(finished_at, updated_at) as at
              from failover
              where account_id = :account and global_replication_group_id = wanted.datastore
                and status not in
                  ('AWAITING_APPROVAL', 'SCHEDULED', 'DENIED', 'CANCELLED', 'EXPIRED')
                and id <> all (:besides)
              order by finished_at desc limit 1) as last
            """)
        .param("account", accountId.value())
        .param("ids", datastores.stream().map(GlobalDatastoreId::value).toArray(String[]::new))
        .param("besides", besides.toArray(UUID[]::new))
        .query(JdbcLastFailovers::last)
        .list()
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map.Entry<GlobalDatastoreId, LastFailover> last(ResultSet row, int number)
      throws SQLException {
    var status = FailoverStatus.valueOf(row.getString("status"));
    return Map.entry(
        new GlobalDatastoreId(row.getString("datastore")),
        new LastFailover(
            row.getObject("id", UUID.class),
            new Region(row.getString("target_region")),
            status.name(),
            outcome(status),
            row.getObject("at", OffsetDateTime.class).toInstant()));
  }

  /** What a status says of whether it is wise to begin another one. */
  static LastFailover.Outcome outcome(FailoverStatus status) {
    return switch (status) {
      case SUCCEEDED -> LastFailover.Outcome.SUCCEEDED;
      case PENDING, SWITCHING, PROMOTING -> LastFailover.Outcome.UNDER_WAY;
      case OUTCOME_UNKNOWN, STALLED -> LastFailover.Outcome.IN_DOUBT;
      case FAILED -> LastFailover.Outcome.FAILED;
      case AWAITING_APPROVAL, SCHEDULED, DENIED, CANCELLED, EXPIRED ->
          throw new IllegalArgumentException("nothing was to be carried out: " + status);
    };
  }
}
