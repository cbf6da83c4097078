package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The paces in PostgreSQL: one row for each, of which whoever takes a turn moves the time of the
 * next. All goes by the database's clock, because the instances' differ. It only smooths: without
 * the database nobody waits, and AWS itself asks to slow down.
 */
@Component
class JdbcCallPaces implements CallPaces {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcCallPaces.class);

  /**
   * How much faster it gets in a second, well below where it was too fast or well above, where AWS
   * takes more by now, and near that.
   */
  private static final double GROWTH = 0.25;

  private static final double PROBING = 0.01;

  /** How near. */
  private static final double NEAR = 0.8;

  /** How much of it is left when AWS asks to slow down where it did before, or not far above. */
  private static final double SLOWED = 0.8;

  /**
   * The same where it has not been as fast before: AWS lets a burst pass before it asks, so that it
   * is well above what AWS takes, and there is none left.
   */
  private static final double HALVED = 0.5;

  private static final double FAR_ABOVE = 1.1;

  private final JdbcClient database;

  JdbcCallPaces(JdbcClient database) {
    this.database = database;
  }

  @Override
  public CallPace of(AccountId accountId, Region region, String kind, Limits limits) {
    return new JdbcCallPace(accountId, region, kind, limits);
  }

  private final class JdbcCallPace implements CallPace {
    private final AccountId accountId;
    private final Region region;
    private final String kind;
    private final Limits limits;

    private JdbcCallPace(AccountId accountId, Region region, String kind, Limits limits) {
      this.accountId = accountId;
      this.region = region;
      this.kind = kind;
      this.limits = limits;
    }

    @Override
    public Optional<Duration> turn(Duration patience) {
      return next(patience, false);
    }

    @Override
    public Duration urgentTurn(Duration atMost) {
      return next(atMost, true).orElse(Duration.ZERO);
    }

    private Optional<Duration> next(Duration patience, boolean isUrgent) {
      try {
        return taken(patience, isUrgent);
      } catch (DataAccessException failure) {
        LOG.warn("The pace of {} in {} is not kept: {}", kind, region, failure.getMessage());
        return Optional.of(Duration.ZERO);
      }
    }

    /**
     * It grows only as far as it is used: nothing is learned from not calling. The urgent never
     * make the others wait longer than they would wait themselves.
     */
    private Optional<Duration> taken(Duration patience, boolean isUrgent) {
      return at("""
      insert into call_pace as known
        (account_id, region, kind, per_second, next_at, used_at)
      select :account, :region, :kind, :first, now + make_interval(secs => 1 / :first), now
      from clock_timestamp() as now
      on conflict (account_id, region, kind) do update set
        per_second = least(:most, known.per_second * (1
          + least(1, greatest(0, extract(epoch from excluded.used_at - known.used_at)))
          * case when known.per_second < :near * coalesce(known.too_fast, :most)
              or known.per_second > :farAbove * known.too_fast
            then :growth else :probing end)),
        next_at = greatest(known.next_at, excluded.used_at)
          + make_interval(secs => 1 / known.per_second),
        used_at = excluded.used_at
      where known.next_at <= excluded.used_at + make_interval(secs => :patience)
      returning greatest(0, extract(epoch from
        next_at - make_interval(secs => 1 / per_second) - clock_timestamp()))
      """)
          .param("first", limits.first())
          .param("most", limits.most())
          .param("near", NEAR)
          .param("growth", GROWTH)
          .param("probing", PROBING)
          .param("farAbove", FAR_ABOVE)
          .param("patience", seconds(patience))
          .param("urgent", isUrgent)
          .query(Double.class)
          .optional()
          .map(wait -> Duration.ofNanos(Math.round(wait * 1e9)));
    }

    /** Once a second: what was under way already says no more than the first answer. */
    @Override
    public void slowDown() {
      try {
        at("""
        update call_pace set too_fast = per_second, slowed_at = clock_timestamp(),
          per_second = greatest(:least, per_second *
            case when per_second > :farAbove * coalesce(too_fast, 0) then :halved else :slowed end)
        where account_id = :account and region = :region and kind = :kind
          and (slowed_at is null or slowed_at < clock_timestamp() - interval '1 second')
        """)
            .param("least", limits.least())
            .param("slowed", SLOWED)
            .param("halved", HALVED)
            .param("farAbove", FAR_ABOVE)
            .update();
      } catch (DataAccessException failure) {
        LOG.warn("The pace of {} in {} is not kept: {}", kind, region, failure.getMessage());
      }
    }

    private JdbcClient.StatementSpec at(String sql) {
      return database
          .sql(sql)
          .param("account", accountId.value())
          .param("region", region.name())
          .param("kind", kind);
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
