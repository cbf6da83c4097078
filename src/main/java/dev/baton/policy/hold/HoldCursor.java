package dev.baton.policy.hold;

import dev.baton.problem.PageCursor;
import java.time.Instant;
import java.util.UUID;

/** Where a page of holds ended. */
record HoldCursor(Instant setAt, UUID id) {
  static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
  static final UUID HIGHEST = new UUID(-1, -1);
  private static final String LIST = "holds";

  static HoldCursor parse(String text) {
    return PageCursor.parse(
        text,
        LIST,
        2,
        parts -> new HoldCursor(Instant.parse(parts.get(0)), UUID.fromString(parts.get(1))));
  }

  static String after(Hold last) {
    return PageCursor.text(LIST, last.setAt(), last.id());
  }
}
