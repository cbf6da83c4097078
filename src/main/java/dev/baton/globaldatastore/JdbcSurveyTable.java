package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.core.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The surveys' table in PostgreSQL. */
@Component
class JdbcSurveyTable implements SurveyTable {
  private final JdbcClient database;
  private final JsonMapper json;

  JdbcSurveyTable(JdbcClient database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  @Override
  public boolean claim(Place place, SurveySubject subject, Instant now, Instant notAfter) {
    return at(
                place,
                subject,
                """
                insert into survey as known (account_id, region, subject, asked_at)
                values (:account, :region, :subject, :now)
                on conflict (account_id, region, subject) do update
                  set asked_at = excluded.asked_at
                  where known.asked_at <= :notAfter
                """)
            .param("now", Timestamps.of(now))
            .param("notAfter", Timestamps.of(notAfter))
            .update()
        > 0;
  }

  @Override
  public void keepGroups(
      Place place, Instant readAt, Map<ReplicationGroupId, ReplicationGroup> answer) {
    keep(place, SurveySubject.GROUPS, readAt, answer);
  }

  @Override
  public void keepLags(
      Place place, Instant readAt, Map<ReplicationGroupId, ReplicationLag> answer) {
    keep(place, SurveySubject.LAGS, readAt, answer);
  }

  private void keep(
      Place place, SurveySubject subject, Instant readAt, Map<ReplicationGroupId, ?> answer) {
    // Each by itself: in a map of anything it would lose what says of which type it is.
    var byId = new HashMap<String, JsonNode>();
    answer.forEach((id, one) -> byId.put(id.value(), json.valueToTree(one)));
    at(
            place,
            subject,
            """
            update survey set read_at = :readAt, answer = :answer::jsonb, failure = null
            where account_id = :account and region = :region and subject = :subject
              and (read_at is null or read_at < :readAt)
            """)
        .param("readAt", Timestamps.of(readAt))
        .param("answer", json.writeValueAsString(byId))
        .update();
  }

  @Override
  public void keepFailure(Place place, SurveySubject subject, String why) {
    at(
            place,
            subject,
            """
            update survey set failure = :why
            where account_id = :account and region = :region and subject = :subject
            """)
        .param("why", why)
        .update();
  }

  private JdbcClient.StatementSpec at(Place place, SurveySubject subject, String sql) {
    return database
        .sql(sql)
        .param("account", place.accountId().value())
        .param("region", place.region().name())
        .param("subject", subject.name());
  }

  @Override
  public Kept of(AccountId accountId, Set<ReplicationGroupId> groups) {
    var kept = new Kept(new HashMap<>(), new HashMap<>());
    database
        .sql(
            // What is stored packed is unpacked wherever it is named, here for each id. What "||"
            // gives is not packed, and "offset 0" keeps PostgreSQL from merging the two.
            """
            select region, subject, read_at, failure,
              (select coalesce(jsonb_object_agg(id, unpacked -> id), '{}')
               from unnest(:ids) as id where jsonb_exists(unpacked, id)) as answer
            from (
              select region, subject, read_at, failure, answer || '{}' as unpacked
              from survey where account_id = :account offset 0) as kept
            """)
        .param("account", accountId.value())
        .param("ids", groups.stream().map(ReplicationGroupId::value).toArray(String[]::new))
        .query(row -> {
          var region = new Region(row.getString("region"));
          switch (SurveySubject.valueOf(row.getString("subject"))) {
            case GROUPS -> kept.groups().put(region, survey(row, region, ReplicationGroup.class));
            case LAGS -> kept.lags().put(region, survey(row, region, ReplicationLag.class));
          }
        });
    return kept;
  }

  private <T> Survey<T> survey(ResultSet row, Region region, Class<T> type) throws SQLException {
    var answer = new HashMap<ReplicationGroupId, T>();
    Map<String, T> byId =
        json.readValue(
            row.getString("answer"),
            json.getTypeFactory().constructMapType(HashMap.class, String.class, type));
    byId.forEach((id, one) -> answer.put(new ReplicationGroupId(id), one));
    return new Survey<>(
        region,
        Optional.ofNullable(row.getObject("read_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        answer,
        Optional.ofNullable(row.getString("failure")));
  }
}
