package dev.baton.evacuation;

import dev.baton.core.Actor;
import dev.baton.core.Groups;
import dev.baton.core.Timestamps;
import dev.baton.failover.approval.Consent;
import dev.baton.policy.Requester;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Evacuations in PostgreSQL, without their members. */
@Component
class EvacuationTable {
  private static final String ONE = "select * from evacuation where id = :id ";

  private final JdbcClient database;
  private final JsonMapper json;

  EvacuationTable(JdbcClient database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  void add(Evacuation evacuation) {
    database
        .sql(
            """
            insert into evacuation
              (id, version, status, cause, simulated, terms, requested_by_subject,
               requested_by_kind, requested_by_person, requested_by_groups, requested_at,
               updated_at, consent, rollback_of, accepted_failures, aborting, told)
            values (:id, 0, :status, :cause, :simulated, cast(:terms as jsonb), :subject, :kind,
              :person, cast(:groups as jsonb), :requestedAt, :requestedAt,
              cast(:consent as jsonb), :rollbackOf, 0, false, '')
            """)
        .param("id", evacuation.id())
        .param("status", evacuation.status().name())
        .param("cause", evacuation.cause())
        .param("simulated", evacuation.simulated())
        .param("terms", json.writeValueAsString(evacuation.terms()))
        .param("subject", evacuation.requester().actor().subject())
        .param("kind", evacuation.requester().actor().kind().name())
        .param("person", evacuation.requester().person())
        .param("groups", groups(evacuation.requester()))
        .param("requestedAt", Timestamps.of(evacuation.requestedAt()))
        .param("consent", json.writeValueAsString(evacuation.consent()))
        .param("rollbackOf", evacuation.rollbackOf().orElse(null))
        .update();
  }

  private @Nullable String groups(Requester requester) {
    return requester.groups() instanceof Groups.Known known ? json.writeValueAsString(known) : null;
  }

  Optional<Evacuation> find(UUID id) {
    return database.sql(ONE).param("id", id).query(this::evacuation).optional();
  }

  /** To the end of the transaction nobody else changes it, nor sends a call for it. */
  Optional<Evacuation> findForChange(UUID id) {
    return database.sql(ONE + "for update").param("id", id).query(this::evacuation).optional();
  }

  /** To the end of the transaction nobody changes it. */
  Optional<Evacuation> findHeld(UUID id) {
    return database.sql(ONE + "for share").param("id", id).query(this::evacuation).optional();
  }

  /** Some of them, the youngest first. */
  List<Evacuation> page(
      Optional<EvacuationStatus> status, Optional<EvacuationCursor> before, int limit) {
    return database
        .sql(
            """
            select * from evacuation
            where (cast(:status as text) is null or status = :status)
              and (requested_at, id) < (:at, :id)
            order by requested_at desc, id desc limit :limit
            """)
        .param("status", status.map(Enum::name).orElse(null))
        .param("at", Timestamps.of(before.orElse(EvacuationCursor.START).requestedAt()))
        .param("id", before.orElse(EvacuationCursor.START).id())
        .param("limit", limit)
        .query(this::evacuation)
        .list();
  }

  void change(Evacuation changed) {
    database
        .sql(
            """
            update evacuation set version = version + 1, status = :status, cause = :cause,
              updated_at = :updatedAt, finished_at = :finishedAt,
              consent = cast(:consent as jsonb), accepted_failures = :acceptedFailures,
              aborting = :aborting, told = :told
            where id = :id
            """)
        .param("id", changed.id())
        .param("status", changed.status().name())
        .param("cause", changed.cause())
        .param("updatedAt", Timestamps.of(changed.updatedAt()))
        .param("finishedAt", changed.finishedAt().map(Timestamps::of).orElse(null))
        .param("consent", json.writeValueAsString(changed.consent()))
        .param("acceptedFailures", changed.acceptedFailures())
        .param("aborting", changed.aborting())
        .param("told", changed.told())
        .update();
  }

  /** Those that have no end: there is a task for each. */
  List<UUID> unfinished() {
    return database
        .sql("select id from evacuation where finished_at is null")
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  private Evacuation evacuation(ResultSet row, int number) throws SQLException {
    var groups = Optional.ofNullable(row.getString("requested_by_groups"));
    return new Evacuation(
        row.getObject("id", UUID.class),
        row.getLong("version"),
        EvacuationStatus.valueOf(row.getString("status")),
        row.getString("cause"),
        row.getBoolean("simulated"),
        json.readValue(row.getString("terms"), EvacuationTerms.class),
        new Requester(
            new Actor(
                row.getString("requested_by_subject"),
                Actor.Kind.valueOf(row.getString("requested_by_kind"))),
            groups
                .<Groups>map(text -> json.readValue(text, Groups.Known.class))
                .orElseGet(() -> new Groups.Unknown("the token of the request did not name them")),
            row.getString("requested_by_person")),
        instant(row, "requested_at").orElseThrow(),
        instant(row, "updated_at").orElseThrow(),
        instant(row, "finished_at"),
        json.readValue(row.getString("consent"), Consent.class),
        Optional.ofNullable(row.getObject("rollback_of", UUID.class)),
        row.getInt("accepted_failures"),
        row.getBoolean("aborting"),
        row.getString("told"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
