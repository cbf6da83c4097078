package dev.baton.audit;

import dev.baton.core.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Turns rows of the log into entries. */
@Component
class AuditRows {
  static final String COLUMNS =
      """
      position, stream, sequence, type, actor_subject, actor_kind, occurred_at, data,
      previous_hash, hash, transaction_id::text as transaction
      """;

  private final JsonMapper json;

  AuditRows(JsonMapper json) {
    this.json = json;
  }

  AuditEntry entry(ResultSet row, int number) throws SQLException {
    return new AuditEntry(
        row.getLong("position"),
        new AuditStream(row.getString("stream")),
        row.getLong("sequence"),
        row.getString("type"),
        new Actor(row.getString("actor_subject"), Actor.Kind.valueOf(row.getString("actor_kind"))),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        json.readTree(row.getString("data")),
        Optional.ofNullable(row.getString("previous_hash")),
        row.getString("hash"));
  }
}
