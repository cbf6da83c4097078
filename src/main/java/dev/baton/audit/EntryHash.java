package dev.baton.audit;

import dev.baton.core.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.erdtman.jcs.JsonCanonicalizer;
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
    return HexFormat.of().formatHex(sha256(canonical(entry)));
  }

  private static byte[] canonical(JsonNode entry) {
    try {
      return new JsonCanonicalizer(entry.toString()).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
