package dev.baton.audit;

import dev.baton.core.Actor;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The hash that chains an entry to the one before it. It covers exactly what the API shows, in RFC
 * 8785's canonical form, so that whoever has the exported JSON can compute it again.
 */
final class EntryHash {
  private EntryHash() {}

  static String of(
      AuditStream stream,
      long sequence,
      String type,
      Actor actor,
      Instant occurredAt,
      JsonNode data,
      Optional<String> previousHash) {
    var entry = JsonNodeFactory.instance.objectNode();
    entry.put("stream", stream.name());
    entry.put("sequence", sequence);
    entry.put("type", type);
    entry.putObject("actor").put("subject", actor.subject()).put("kind", actor.kind().name());
    entry.put("occurredAt", occurredAt.toString());
    entry.set("data", data);
    previousHash.ifPresentOrElse(
        hash -> entry.put("previousHash", hash), () -> entry.putNull("previousHash"));
    return CanonicalHash.of(entry.toString());
  }
}
