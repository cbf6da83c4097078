package dev.baton.globaldatastore;

import static java.util.stream.Collectors.toMap;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import dev.baton.core.Timestamps;
import dev.baton.globaldatastore.ReadinessJudge.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The readiness table in PostgreSQL. */
@Component
class JdbcReadinessTable implements ReadinessTable {
  private final JdbcClient database;
  private final JsonMapper json;

  JdbcReadinessTable(JdbcClient database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  @Override
  public Map<Target, KeptReadiness> of(
      AccountId accountId, Collection<GlobalDatastoreId> datastores) {
    return database
        .sql(
            """
            select global_replication_group_id, region, level, reasons, since, judged_at
            from readiness
            where account_id = :account and global_replication_group_id = any(:ids)
            """)
        .param("account", accountId.value())
        .param("ids", datastores.stream().map(GlobalDatastoreId::value).toArray(String[]::new))
        .query(this::kept)
        .list()
        .stream()
        .collect(toMap(KeptReadiness::target, kept -> kept));
  }

  private KeptReadiness kept(ResultSet row, int number) throws SQLException {
    return new KeptReadiness(
        new Target(
            new GlobalDatastoreId(row.getString("global_replication_group_id")),
            new Region(row.getString("region"))),
        new Readiness(
            ReadinessLevel.valueOf(row.getString("level")),
            List.of(json.readValue(row.getString("reasons"), ReadinessReason[].class))),
        instant(row, "since"),
        instant(row, "judged_at"));
  }

  @Override
  public void keep(AccountId accountId, List<KeptReadiness> judged) {
    database
        .sql(
            // In one order everywhere: two that keep the same don't wait for each other in a
            // circle.
            """
            insert into readiness as known
              (account_id, global_replication_group_id, region, level, reasons, since, judged_at)
            select :account, id, region, level, reasons::jsonb, since::timestamptz,
              judged_at::timestamptz
            from unnest(:ids, :regions, :levels, :reasons, :since, :judgedAt)
              as judged(id, region, level, reasons, since, judged_at)
            order by id, region
            on conflict (account_id, global_replication_group_id, region) do update
              set level = excluded.level,
                  reasons = excluded.reasons,
                  since = excluded.since,
                  judged_at = excluded.judged_at
              where known.judged_at < excluded.judged_at
            """)
        .param("account", accountId.value())
        .param("ids", texts(judged, one -> one.target().datastore().value()))
        .param("regions", texts(judged, one -> one.target().region().name()))
        .param("levels", texts(judged, one -> one.readiness().level().name()))
        .param("reasons", texts(judged, one -> json.writeValueAsString(one.readiness().reasons())))
        .param("since", texts(judged, one -> Timestamps.of(one.since()).toString()))
        .param("judgedAt", texts(judged, one -> Timestamps.of(one.judgedAt()).toString()))
        .update();
  }

  private static String[] texts(List<KeptReadiness> judged, Function<KeptReadiness, String> text) {
    return judged.stream().map(text).toArray(String[]::new);
  }

  @Override
  public void remove(AccountId accountId, Collection<Target> targets) {
    database
        .sql(
            """
            delete from readiness
            where account_id = :account and (global_replication_group_id, region) in
              (select id, region from unnest(:ids, :regions) as gone(id, region))
            """)
        .param("account", accountId.value())
        .param("ids", targets.stream().map(one -> one.datastore().value()).toArray(String[]::new))
        .param("regions", targets.stream().map(one -> one.region().name()).toArray(String[]::new))
        .update();
  }

  @Override
  public void removeGone(AccountId accountId) {
    database
        .sql(
            """
            delete from readiness as kept
            where account_id = :account and not exists (
              select from observation as seen
              where seen.account_id = kept.account_id
                and seen.global_replication_group_id = kept.global_replication_group_id)
            """)
        .param("account", accountId.value())
        .update();
  }

  @Override
  public Map<Level, Long> counts() {
    return database
        .sql("select account_id, region, level, count(*) from readiness group by 1, 2, 3")
        .query((row, _) ->
            Map.entry(
                new Level(
                    new Place(new AccountId(row.getString(1)), new Region(row.getString(2))),
                    ReadinessLevel.valueOf(row.getString(3))),
                row.getLong(4)))
        .list()
        .stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
