package dev.baton.audit;

import dev.baton.core.Timestamps;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The audit log's table in PostgreSQL. */
@Component
class JdbcAuditTable implements AuditTable {
  private final JdbcClient database;
  private final ApplicationEventPublisher events;

  JdbcAuditTable(JdbcClient database, ApplicationEventPublisher events) {
    this.database = database;
    this.events = events;
  }

  @Override
  public Optional<End> lockedEnd(AuditStream stream) {
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

  @Override
  public void append(NewEntry entry) {
    database
        .sql(
            """
            insert into audit_entry
              (stream, sequence, type, actor_subject, actor_kind, occurred_at, data,
               previous_hash, hash)
            values (:stream, :sequence, :type, :subject, :kind, :occurredAt, :data::json,
               :previousHash, :hash)
            """)
        .param("stream", entry.stream().name())
        .param("sequence", entry.sequence())
        .param("type", entry.type())
        .param("subject", entry.actor().subject())
        .param("kind", entry.actor().kind().name())
        .param("occurredAt", Timestamps.of(entry.occurredAt()))
        .param("data", entry.data())
        .param("previousHash", entry.previousHash().orElse(null))
        .param("hash", entry.hash())
        .update();
    events.publishEvent(new EntryStored(entry.stream()));
  }
}
