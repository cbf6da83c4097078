package dev.baton.failover.idempotency;

import java.util.regex.Pattern;

/**
 * The name a caller gives to a request, to be able to repeat it (IETF draft
 * idempotency-key-header). Opaque: quotation marks belong to it.
 */
public record IdempotencyKey(String value) {
  public static final String HEADER = "Idempotency-Key";
  public static final int LONGEST = 255;
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]*");

  public IdempotencyKey {
    if (value.isBlank()) {
      throw new IllegalArgumentException("must not be empty: use a new UUID for each request");
    }
    if (value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "must have at most %d characters, but has %d".formatted(LONGEST, value.length()));
    }
    if (!PRINTABLE.matcher(value).matches()) {
      throw new IllegalArgumentException("must be printable ASCII");
    }
  }
}
