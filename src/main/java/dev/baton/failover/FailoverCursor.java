package dev.baton.failover;

import dev.baton.problem.PageCursor;
import java.time.Instant;
import java.util.UUID;

/** Where a reader of the list of failovers, newest first, stands: after this one. */
record FailoverCursor(Instant requestedAt, UUID id) {
  private static final String LIST = "failovers";

  String text() {
    return PageCursor.text(LIST, requestedAt, id);
  }

  static FailoverCursor parse(String text) {
    return PageCursor.parse(
        text,
        LIST,
        2,
        parts -> new FailoverCursor(Instant.parse(parts.get(0)), UUID.fromString(parts.get(1))));
  }
}
