package dev.baton.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.Actor;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An entry as the API shows it. Its hash can be computed again from {@code stream}, {@code
 * sequence}, {@code type}, {@code actor}, {@code occurredAt}, {@code data} and {@code previousHash}
 * (null in a stream's first entry) in RFC 8785's form.
 */
@Schema(name = "AuditEntry")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AuditEntryView(
    long position,
    String stream,
    long sequence,
    String type,
    Actor actor,
    Instant occurredAt,
    JsonNode data,
    @Schema(nullable = true) Optional<String> previousHash,
    String hash) {

  public static AuditEntryView of(AuditEntry entry) {
    return new AuditEntryView(
        entry.position(),
        entry.stream().name(),
        entry.sequence(),
        entry.type(),
        entry.actor(),
        entry.occurredAt(),
        entry.data(),
        entry.previousHash(),
        entry.hash());
  }
}
