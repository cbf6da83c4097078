package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** An entry of a failover's stream in a few words. */
final class WatchWords {
  private WatchWords() {}

  static String of(AuditEntry entry) {
    var data = entry.data();
    return switch (entry.type()) {
      case "FAILOVER_REQUESTED" ->
          "requested by %s: %s"
              .formatted(entry.actor().subject(), data.path("reason").asString(""));
      case "CALL_INTENDED" ->
          "call %d goes to %s"
              .formatted(data.path("attempt").asInt(0), data.path("region").asString(""));
      case "APPROVAL_GIVEN" ->
          "approved by %s: %s"
              .formatted(entry.actor().subject(), data.path("comment").asString(""));
      case "APPROVAL_REFUSED" ->
          "rejected by %s: %s"
              .formatted(entry.actor().subject(), data.path("comment").asString(""));
      case "APPROVAL_NOT_MISSING" -> "nobody has to approve it any more";
      case "APPROVAL_DEMANDED" -> "people have to approve it again";
      case "FAILOVER_RESCHEDULED" ->
          "it starts at %s".formatted(data.path("scheduledFor").asString("once approved"));
      case "HOLD_CAME_TOO_LATE" ->
          "%s holds it back too late, it goes on: %s"
              .formatted(data.path("setBy").asString(""), data.path("reason").asString(""));
      case "SOURCE_MOVED" ->
          "the primary is in %s by now".formatted(data.path("sourceRegion").asString("?"));
      case "CALL_ANSWERED", "CALL_ANSWERED_LATE" ->
          "call %d: %s %s"
              .formatted(
                  data.path("attempt").asInt(0),
                  data.path("outcome").asString("").toLowerCase(Locale.ROOT).replace('_', ' '),
                  data.path("errorCode").asString(""))
              .strip();
      case "TOPOLOGY_OBSERVED" -> evidence(data.path("evidence"));
      case "FAILOVER_SUCCEEDED" ->
          data.has("evidence") ? evidence(data.path("evidence")) : cause(data, entry);
      default -> cause(data, entry);
    };
  }

  private static String cause(JsonNode data, AuditEntry entry) {
    return data.path("cause").asString(plain(entry.type()));
  }

  private static String evidence(JsonNode evidence) {
    return "%s, primary in %s"
        .formatted(
            evidence.path("status").asString("?"),
            evidence.path("primaryRegion").asString("no single Region"));
  }

  private static String plain(String type) {
    return type.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
