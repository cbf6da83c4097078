package dev.baton.audit;

import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import dev.baton.core.Actor;
import dev.baton.core.Timestamps;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Appends to the audit log. There is no way to change or take back an entry. */
@Component
public class AuditLog {
  private final AuditTable table;
  private final JsonMapper json;

  AuditLog(AuditTable table, JsonMapper json) {
    this.table = table;
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
    var last = table.lockedEnd(stream);
    var sequence = last.map(end -> end.sequence() + 1).orElse(1L);
    var previousHash = last.map(AuditTable.End::hash);
    var occurredAt = Timestamps.cut(at);
    var text = json.writeValueAsString(data);
    // What is hashed is what a reader of the stored text gets, not what was handed in.
    JsonNode stored = json.readTree(text);
    var hash = EntryHash.of(stream, sequence, type, actor, occurredAt, stored, previousHash);
    table.append(
        new AuditTable.NewEntry(
            stream, sequence, type, actor, occurredAt, text, previousHash, hash));
  }
}
