package dev.baton.process;

import dev.baton.audit.CanonicalHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole audit log as an instance exports it, by streams. */
record AuditChains(Map<String, List<JsonNode>> streams) {
  private static final List<String> HASHED =
      List.of("stream", "sequence", "type", "actor", "occurredAt", "data", "previousHash");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static AuditChains read(BatonProcess instance) {
    Map<String, List<JsonNode>> streams = new LinkedHashMap<>();
    var next = Optional.of("");
    while (next.isPresent()) {
      var answer = instance.get("/v1/audit?limit=200" + next.get(), "carol");
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body());
      }
      var page = JSON.readTree(answer.body());
      for (var entry : page.get("items")) {
        streams.computeIfAbsent(entry.get("stream").asString(), _ -> new ArrayList<>()).add(entry);
      }
      next = page.path("nextCursor").asStringOpt().map(cursor -> "&cursor=" + cursor);
    }
    return new AuditChains(streams);
  }

  int size() {
    return streams.values().stream().mapToInt(List::size).sum();
  }

  /** The streams that have a gap, or an entry that is not what its hash says. */
  List<String> broken() {
    return streams.keySet().stream().filter(stream -> !isWhole(streams.get(stream))).toList();
  }

  /** The entries of a failover's stream, one a line. */
  String trail(String failoverId) {
    var lines = new StringBuilder();
    for (var entry : streams.getOrDefault("failover/" + failoverId, List.of())) {
      lines.append("    ").append(entry).append('\n');
    }
    return lines.toString();
  }

  private static boolean isWhole(List<JsonNode> entries) {
    var previous = Optional.<String>empty();
    for (int index = 0; index < entries.size(); index++) {
      var entry = entries.get(index);
      if (entry.get("sequence").asInt() != index + 1
          || !entry.get("previousHash").asStringOpt().equals(previous)
          || !entry.get("hash").asString().equals(hash(entry))) {
        return false;
      }
      previous = entry.get("hash").asStringOpt();
    }
    return true;
  }

  private static String hash(JsonNode entry) {
    var hashed = JSON.createObjectNode();
    HASHED.forEach(name -> hashed.set(name, entry.get(name)));
    return CanonicalHash.of(hashed.toString());
  }
}
