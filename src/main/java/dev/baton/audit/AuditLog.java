package dev.baton.audit;

import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import dev.baton.core.Actor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Appends to the audit log. There is no way to change or take back an entry. */
@Component
public class AuditLog {
  private final JdbcClient database;
  private final JsonMapper json;

  AuditLog(JdbcClient database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  /**
   * Appends an entry in the transaction of the change that it records: both are committed, or
   * neither.
   *
   * @param type what happened, in UPPER_SNAKE
   * @param data the particulars: a record or a map that becomes a JSON object
   */
  @Transactional(propagation = MANDATORY)
  public void append(AuditStream stream, String type, Actor actor, Instant at, Object data) {
    var last = lockedEnd(stream);
    var sequence = last.map(end -> end.sequence() + 1).orElse(1L);
    var previousHash = last.map(End::hash);
    var occurredAt = at.truncatedTo(ChronoUnit.MICROS);
    var text = json.writeValueAsString(data);
    // What is hashed is what a reader of the stored text gets, not what was handed in.
    JsonNode stored = json.readTree(text);
    var hash = EntryHash.of(stream, sequence, type, actor, occurredAt, stored, previousHash);
    database
        .sql(
            """
            insert into audit_entry
              (stream, sequence, type, actor_subject, actor_kind, occurred_at, data,
               previous_hash, hash)
            values (:stream, :sequence, :type, :subject, :kind, :occurredAt, :data::json,
               :previousHash, :hash)
            """)
        .param("stream", stream.name())
        .param("sequence", sequence)
        .param("type", type)
        .param("subject", actor.subject())
        .param("kind", actor.kind().name())
        .param("occurredAt", AuditRows.timestamp(occurredAt))
        .param("data", text)
        .param("previousHash", previousHash.orElse(null))
        .param("hash", hash)
        .update();
  }

  private record End(long sequence, String hash) {}

  /** Two appends to one stream follow each other; appends to different streams don't meet. */
  private Optional<End> lockedEnd(AuditStream stream) {
    database
        .sql("select pg_advisory_xact_lock(hashtextextended(:stream, 0))")
        .param("stream", stream.name())
        .query((row, number) -> number)
        .single();
    return database
        .sql(
            """
            select sequence, hash from audit_entry
            where stream = :stream order by sequence desc limit 1
            """)
        .param("stream", stream.name())
        .query((row, number) -> new End(row.getLong("sequence"), row.getString("hash")))
        .optional();
  }
}
