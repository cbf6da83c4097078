package dev.baton.policy;

import dev.baton.policy.calendar.FixedWindow;
import dev.baton.policy.calendar.RecurringWindow;
import dev.baton.policy.calendar.Window;
import dev.baton.policy.calendar.WindowLength;
import dev.baton.policy.document.Node;
import dev.baton.policy.document.NodeReader;
import dev.baton.policy.document.Quoted;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the windows of a freeze. */
record WindowReader(NodeReader reader) {
  private static final List<String> FIELDS =
      List.of("from", "to", "start", "rrule", "duration", "zone", "reason");
  private static final int EARLIEST_YEAR = 2000;
  private static final int LATEST_YEAR = 2100;
  private static final int LONGEST_REASON = 200;

  List<FreezeWindow> windows(Node node) {
    if (node instanceof Node.Items(var place, var items) && items.isEmpty()) {
      reader.errors().add(place, "must name at least one window, but is an empty list");
    }
    return reader.items(node).stream().flatMap(item -> window(item).stream()).toList();
  }

  private Optional<FreezeWindow> window(Node node) {
    var fields = reader.fields(node, FIELDS);
    var zone = reader.required(node, "zone").flatMap(it -> reader.value(it, WindowReader::zone));
    var reason = value(fields, "reason", Values.line(LONGEST_REASON));
    if (node instanceof Node.Fields) {
      var isFixed = fields.containsKey("from") || fields.containsKey("to");
      var isRecurring =
          fields.containsKey("start")
              || fields.containsKey("rrule")
              || fields.containsKey("duration");
      if (isFixed == isRecurring) {
        reader
            .errors()
            .add(
                node.place(),
                "must have either from and to, or start, rrule and duration, but has %s"
                    .formatted(isFixed ? "both" : "neither"));
        return Optional.empty();
      }
      var window = isFixed ? fixed(node, zone) : recurring(node, zone);
      return window.map(it -> new FreezeWindow(it, reason));
    }
    return Optional.empty();
  }

  private Optional<Window> fixed(Node node, Optional<ZoneId> zone) {
    var from = required(node, "from", WindowReader::time);
    var end = reader.required(node, "to");
    var to = end.flatMap(it -> reader.value(it, WindowReader::time));
    if (from.isEmpty() || to.isEmpty() || zone.isEmpty()) {
      return Optional.empty();
    }
    return end.flatMap(
        it -> reader.value(it, _ -> new FixedWindow(from.get(), to.get(), zone.get())));
  }

  private Optional<Window> recurring(Node node, Optional<ZoneId> zone) {
    var start = required(node, "start", WindowReader::time);
    var length = required(node, "duration", WindowLength::parse);
    var rule = reader.required(node, "rrule");
    if (start.isEmpty() || length.isEmpty() || zone.isEmpty()) {
      return Optional.empty();
    }
    return rule.flatMap(it ->
        reader.value(it, text -> new RecurringWindow(text, start.get(), zone.get(), length.get())));
  }

  private <T> Optional<T> required(Node node, String name, Function<String, T> conversion) {
    return reader.required(node, name).flatMap(it -> reader.value(it, conversion));
  }

  private <T> Optional<T> value(
      Map<String, Node> fields, String name, Function<String, T> conversion) {
    return Optional.ofNullable(fields.get(name)).flatMap(it -> reader.value(it, conversion));
  }

  private static ZoneId zone(String text) {
    if (!ZoneRulesProvider.getAvailableZoneIds().contains(text)) {
      throw new IllegalArgumentException(
          "must be the IANA name of a time zone, such as Europe/Berlin or UTC, but is '%s'"
              .formatted(Quoted.shortened(text)));
    }
    return ZoneId.of(text);
  }

  private static LocalDateTime time(String text) {
    try {
      var time = LocalDateTime.parse(text);
      if (time.getYear() >= EARLIEST_YEAR && time.getYear() < LATEST_YEAR && isWholeSecond(time)) {
        return time;
      }
    } catch (DateTimeParseException _) {
      // What it must be is the same, whatever it is instead.
    }
    throw new IllegalArgumentException(
        ("must be what the zone's clock shows, from the year %d up to %d and without an offset, such"
                + " as 2026-11-26T18:00, but is '%s'")
            .formatted(EARLIEST_YEAR, LATEST_YEAR - 1, Quoted.shortened(text)));
  }

  private static boolean isWholeSecond(LocalDateTime time) {
    return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
  }
}
