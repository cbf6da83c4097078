package dev.baton.evacuation;

import dev.baton.problem.PageCursor;
import java.time.Instant;
import java.util.UUID;

/** Where a page of evacuations ended. */
record EvacuationCursor(Instant requestedAt, UUID id) {
  static final EvacuationCursor START =
      new EvacuationCursor(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

  private static final String LIST = "evacuations";

  static EvacuationCursor parse(String text) {
    return PageCursor.parse(
        text,
        LIST,
        2,
        parts -> new EvacuationCursor(Instant.parse(parts.get(0)), UUID.fromString(parts.get(1))));
  }

  static String after(Evacuation last) {
    return PageCursor.text(LIST, last.requestedAt(), last.id());
  }
}
