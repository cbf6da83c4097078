package dev.baton.process;

import dev.baton.audit.AuditChain;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The whole audit log as an instance exports it, by streams. */
record AuditChains(Map<String, List<JsonNode>> streams) {
  static AuditChains read(BatonProcess instance) {
    return new AuditChains(
        AuditChain.everything(path -> {
          var answer = instance.get(path, "carol");
          if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
          }
          return answer.body();
        }));
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
    try {
      AuditChain.verify(entries);
      return true;
    } catch (AssertionError broken) {
      return false;
    }
  }
}
