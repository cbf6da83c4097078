package dev.baton.failover;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Where a reader of the list of failovers, newest first, stands: after this one. */
record FailoverCursor(Instant requestedAt, UUID id) {
  private static final String PREFIX = "failovers";

  String text() {
    var plain = PREFIX + "|" + requestedAt + "|" + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a cursor's text.
   *
   * @throws IllegalArgumentException if no page of failovers ever gave this cursor
   */
  static FailoverCursor parse(String text) {
    try {
      var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      var parts = plain.split("\\|", -1);
      if (parts.length == 3 && parts[0].equals(PREFIX)) {
        return new FailoverCursor(Instant.parse(parts[1]), UUID.fromString(parts[2]));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(REFUSAL, e);
    }
    throw new IllegalArgumentException(REFUSAL);
  }

  private static final String REFUSAL =
      "must be the nextCursor of an earlier page of this list; leave it out to start anew";
}
