package dev.baton.progress;

import static java.util.Locale.ROOT;

import dev.baton.audit.AuditEntry;
import dev.baton.problem.Columns;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A failover in a terminal of 80 columns: a line for each event, in the end how long each step
 * took. Lines are only ever added, so it reads the same in a file.
 */
final class WatchText implements ProgressFeed.Listener {
  private static final int COLUMNS = 80;
  private static final int BAR = 10;
  private static final int STATUS = 17;
  private static final int SHARE = 40;

  private final OutputStream out;
  private final boolean colour;
  private final InstantSource clock;
  private final Instant start;
  private final Map<String, Duration> steps = new LinkedHashMap<>();
  private AuditEntry last;

  WatchText(OutputStream out, boolean colour, InstantSource clock, AuditEntry first) {
    this.out = out;
    this.colour = colour;
    this.clock = clock;
    this.start = first.occurredAt();
    this.last = first;
  }

  @Override
  public void happened(AuditEntry entry) throws IOException {
    steps.merge(
        status(last), Duration.between(last.occurredAt(), entry.occurredAt()), Duration::plus);
    last = entry;
    event(entry.occurredAt(), WatchWords.of(entry));
    if (ProgressStream.isEnd(entry)) {
      summary();
    }
  }

  @Override
  public void stillThere() throws IOException {
    event(clock.instant(), "…");
  }

  @Override
  public void brokenOff() throws IOException {
    line("No more from this instance; watch again.");
  }

  private void event(Instant at, String words) throws IOException {
    var status = status(last);
    var before = String.format(ROOT, "%7.1f s  ", seconds(Duration.between(start, at)));
    var standing = "%s  %s".formatted(bar(status), Columns.padded(status, STATUS));
    var left = COLUMNS - before.length() - standing.length() - 2;
    line(before + coloured(standing, status) + "  " + Columns.fit(words, left));
  }

  private void summary() throws IOException {
    var all = Duration.between(start, last.occurredAt());
    var status = status(last);
    line("");
    line(coloured(status, status) + String.format(ROOT, " after %.1f s", seconds(all)));
    for (var step : steps.entrySet()) {
      var share = all.isZero() ? 0 : seconds(step.getValue()) / seconds(all);
      line(
          String.format(
                  ROOT,
                  "  %s %8.1f s  %3.0f %%  %s",
                  Columns.padded(step.getKey(), STATUS),
                  seconds(step.getValue()),
                  share * 100,
                  "#".repeat((int) Math.round(share * SHARE)))
              .stripTrailing());
    }
    newPrimary();
  }

  /** Alone on its line, and whole however long it is: it is there to be copied. */
  private void newPrimary() throws IOException {
    var newPrimary = last.data().path("newPrimary");
    var endpoint = newPrimary.path("endpoint");
    if (endpoint.isObject()) {
      line("");
      line("Point the applications to " + newPrimary.path("region").asString("") + ":");
      line(
          "  %s:%d"
              .formatted(endpoint.path("address").asString(""), endpoint.path("port").asInt(0)));
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
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

  private String coloured(String text, String status) {
    return colour ? "\u001b[" + colourOf(status) + "m" + text + "\u001b[0m" : text;
  }

  /** ANSI's codes (ECMA-48, SGR): green, red, yellow, cyan. */
  private static int colourOf(String status) {
    return switch (status) {
      case "SUCCEEDED" -> 32;
      case "FAILED", "DENIED", "EXPIRED", "CANCELLED" -> 31;
      case "STALLED", "OUTCOME_UNKNOWN" -> 33;
      default -> 36;
    };
  }

  private static String status(AuditEntry entry) {
    return entry.data().path("status").asString("");
  }

  private void line(String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
