package dev.baton.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Where a reader across streams stands: after this entry.
 *
 * @param transaction PostgreSQL's 64-bit transaction id, unsigned
 */
public record AuditCursor(String transaction, long position) {
  private static final Pattern SHAPE = Pattern.compile("audit:(\\d{1,19}):(\\d{1,18})");

  /** The opaque text that callers carry around. */
  public String text() {
    var plain = "audit:" + transaction + ":" + position;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a cursor's text.
   *
   * @throws IllegalArgumentException if no page of the audit log ever gave this cursor
   */
  public static AuditCursor parse(String text) {
    byte[] plain;
    try {
      plain = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(REFUSAL, e);
    }
    var matcher = SHAPE.matcher(new String(plain, StandardCharsets.US_ASCII));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(REFUSAL);
    }
    return new AuditCursor(matcher.group(1), Long.parseLong(matcher.group(2)));
  }

  private static final String REFUSAL =
      "must be the nextCursor of an earlier page of this list; leave it out to start anew";
}
