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
import java.util.ArrayList;
import java.util.Set;

/** An evacuation in a terminal of 80 columns: a line for each event, and in the end the counts. */
final class EvacuationWatch implements ProgressFeed.Listener {
  private static final int COLUMNS = 80;
  private static final int BAR = 10;
  private static final int STATUS = 17;
  private static final Set<String> OPEN =
      Set.of(
          "NOT_STARTED",
          "AWAITING_APPROVAL",
          "SCHEDULED",
          "PENDING",
          "SWITCHING",
          "PROMOTING",
          "OUTCOME_UNKNOWN",
          "STALLED");

  private final OutputStream out;
  private final boolean colour;
  private final InstantSource clock;
  private final Instant start;
  private AuditEntry last;

  EvacuationWatch(OutputStream out, boolean colour, InstantSource clock, AuditEntry first) {
    this.out = out;
    this.colour = colour;
    this.clock = clock;
    this.start = first.occurredAt();
    this.last = first;
  }

  @Override
  public void happened(AuditEntry entry) throws IOException {
    last = entry;
    event(entry.occurredAt(), words(entry));
    if (ProgressStream.isEnd(entry)) {
      line("");
      line(
          "%s after %.1f s: %s"
              .formatted(status(), seconds(Duration.between(start, entry.occurredAt())), counts()));
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

  private String words(AuditEntry entry) {
    var data = entry.data();
    var comment = data.path("comment").asString("");
    return switch (entry.type()) {
      case "EVACUATION_REQUESTED" ->
          "requested by %s: %s"
              .formatted(entry.actor().subject(), data.path("terms").path("reason").asString(""));
      case "EVACUATION_APPROVED" ->
          "approved by %s: %s".formatted(entry.actor().subject(), comment);
      case "EVACUATION_PROGRESSED" -> progress();
      default -> data.path("cause").asString("");
    };
  }

  /** The most telling first: a terminal may have no room for the rest. */
  private String progress() {
    var data = last.data();
    var counts = data.path("counts");
    var total = data.path("total").asInt(0);
    var moved = counts.path("SUCCEEDED").asInt(0);
    var others = total - moved - open();
    var wave = data.path("wave").asInt(0);
    return "%d of %d moved".formatted(moved, total)
        + (others == 0 ? "" : ", %d not".formatted(others))
        + (wave == 0 ? "" : ", wave %d of %d".formatted(wave, data.path("waves").asInt(0)));
  }

  private int open() {
    var counts = last.data().path("counts");
    return counts.propertyNames().stream()
        .filter(OPEN::contains)
        .mapToInt(status -> counts.path(status).asInt(0))
        .sum();
  }

  private String counts() {
    var counts = last.data().path("counts");
    var words = new ArrayList<String>();
    for (var status : counts.propertyNames()) {
      var count = counts.path(status).asInt(0);
      var text = "%d %s".formatted(count, status.toLowerCase(ROOT).replace('_', ' '));
      if (status.equals("SUCCEEDED")) {
        words.addFirst(text);
      } else {
        words.add(text);
      }
    }
    return String.join(", ", words);
  }

  private void event(Instant at, String words) throws IOException {
    var before = String.format(ROOT, "%7.1f s  ", seconds(Duration.between(start, at)));
    var standing = "%s  %s".formatted(bar(), Columns.padded(status(), STATUS));
    var left = COLUMNS - before.length() - standing.length() - 2;
    line(before + coloured(standing) + "  " + Columns.fit(words, left));
  }

  private String bar() {
    var total = last.data().path("total").asInt(0);
    var filled = total == 0 ? 0 : (total - open()) * BAR / total;
    return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
  }

  private String status() {
    return last.data().path("status").asString("");
  }

  /** ANSI's codes (ECMA-48, SGR): green, red, yellow, cyan. */
  private String coloured(String text) {
    var code =
        switch (status()) {
          case "SUCCEEDED" -> 32;
          case "FAILED", "CANCELLED" -> 31;
          case "PAUSED" -> 33;
          default -> 36;
        };
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private void line(String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
