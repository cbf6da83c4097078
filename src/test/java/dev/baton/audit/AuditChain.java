package dev.baton.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit log as the API exports it, computed again from nothing but that JSON. */
public final class AuditChain {
  private static final List<String> HASHED =
      List.of("stream", "sequence", "type", "actor", "occurredAt", "data", "previousHash");

  private AuditChain() {}

  /**
   * All entries by their streams, read page by page.
   *
   * @param get answers a path with JSON
   */
  public static Map<String, List<JsonNode>> everything(UnaryOperator<String> get) {
    Map<String, List<JsonNode>> streams = new LinkedHashMap<>();
    var cursor = "";
    do {
      var page = JsonMapper.shared().readTree(get.apply("/v1/audit?limit=200" + cursor));
      for (var entry : page.required("items")) {
        streams
            .computeIfAbsent(entry.path("stream").stringValue(), _ -> new ArrayList<>())
            .add(entry);
      }
      cursor =
          page.hasNonNull("nextCursor") ? "&cursor=" + page.path("nextCursor").stringValue() : "";
    } while (!cursor.isEmpty());
    return streams;
  }

  /** Every entry is what was hashed, and chained to the one before it. */
  public static void verify(List<JsonNode> stream) {
    String previous = null;
    for (int index = 0; index < stream.size(); index++) {
      var entry = stream.get(index);
      assertThat(entry.path("sequence").intValue()).as(entry.toString()).isEqualTo(index + 1);
      assertThat(entry.path("previousHash").stringValue(null)).isEqualTo(previous);
      assertThat(entry.path("hash").stringValue()).as(entry.toString()).isEqualTo(hash(entry));
      previous = entry.path("hash").stringValue();
    }
  }

  /** The hash that an entry should have. */
  static String hash(JsonNode entry) {
    var hashed = JsonMapper.shared().createObjectNode();
    HASHED.forEach(name -> hashed.set(name, entry.required(name)));
    try {
      var canonical = new JsonCanonicalizer(hashed.toString()).getEncodedUTF8();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
