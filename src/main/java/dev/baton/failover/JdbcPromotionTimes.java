package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Read from the failovers in PostgreSQL. */
@Component
class JdbcPromotionTimes implements PromotionTimes {
  /** The youngest: AWS gets faster and slower over the years. */
  private static final int MOST = 100;

  private final JdbcClient database;

  JdbcPromotionTimes(JdbcClient database) {
    this.database = database;
  }

  @Override
  public Optional<Past> of(AccountId accountId, GlobalDatastoreId datastore) {
    return past("and global_replication_group_id = :datastore", accountId, datastore.value());
  }

  @Override
  public Optional<Past> of(AccountId accountId) {
    return past("", accountId, "");
  }

  private Optional<Past> past(String which, AccountId accountId, String datastore) {
    return database
        .sql(
            """
            select count(*) as promotions,
                   percentile_cont(0.1) within group (order by seconds) as tenth,
                   percentile_cont(0.5) within group (order by seconds) as median,
                   percentile_cont(0.9) within group (order by seconds) as ninetieth
            from (
              select extract(epoch from f.finished_at - (
                       select max(a.intended_at) from failover_attempt a where a.failover_id = f.id
                     )) as seconds
              from failover f
              where effect = 'PROMOTED' and status = 'SUCCEEDED' and account_id = :account %s
              order by finished_at desc limit :most) as youngest
            """
                .formatted(which))
        .param("account", accountId.value())
        .param("datastore", datastore)
        .param("most", MOST)
        .query(JdbcPromotionTimes::past)
        .optional()
        .filter(past -> past.promotions() > 0);
  }

  private static Past past(ResultSet row, int number) throws SQLException {
    return new Past(
        row.getInt("promotions"),
        seconds(row.getDouble("tenth")),
        seconds(row.getDouble("median")),
        seconds(row.getDouble("ninetieth")));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
