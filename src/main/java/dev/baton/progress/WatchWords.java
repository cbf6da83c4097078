package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How an entry of a failover's stream reads in a terminal of 80 columns. */
final class WatchLine {
  private static final int COLUMNS = 80;
  private static final int BAR = 10;

  private WatchLine() {}

  static String of(AuditEntry entry, Instant start) {
    return line(start, entry.occurredAt(), status(entry), words(entry));
  }

  /** A sign of life while nothing happens. */
  static String still(AuditEntry last, Instant start, Instant now) {
    return line(start, now, status(last), "…");
  }

  private static String line(Instant start, Instant now, String status, String words) {
    var elapsed = Duration.between(start, now).toMillis() / 1000.0;
    var text =
        String.format(Locale.ROOT, "%7.1f s  %s  %-15s  %s", elapsed, bar(status), status, words);
    var cut = text.codePointCount(0, text.length()) > COLUMNS;
    return cut ? text.substring(0, text.offsetByCodePoints(0, COLUMNS - 1)) + "…" : text;
  }

  private static String bar(String status) {
    var filled =
        switch (status) {
          case "AWAITING_APPROVAL", "SCHEDULED" -> 0;
          case "PENDING" -> 1;
          case "SWITCHING", "OUTCOME_UNKNOWN" -> 3;
          case "PROMOTING", "STALLED" -> 6;
          default -> BAR;
        };
    return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
  }

  private static String status(AuditEntry entry) {
    return entry.data().path("status").asString("");
  }

  private static String words(AuditEntry entry) {
    var data = entry.data();
    return switch (entry.type()) {
      case "FAILOVER_REQUESTED" ->
          "requested by %s: %s"
              .formatted(entry.actor().subject(), data.path("reason").asString(""));
      case "CALL_INTENDED" ->
          "call %d goes to %s"
              .formatted(data.path("attempt").asInt(0), data.path("region").asString(""));
      case "CALL_ANSWERED", "CALL_ANSWERED_LATE" ->
          "call %d: %s %s"
              .formatted(
                  data.path("attempt").asInt(0),
                  data.path("outcome").asString("").toLowerCase(Locale.ROOT).replace('_', ' '),
                  data.path("errorCode").asString(""))
              .strip();
      case "TOPOLOGY_OBSERVED", "FAILOVER_SUCCEEDED" -> evidence(data.path("evidence"));
      default -> data.path("cause").asString(plain(entry.type()));
    };
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
