package dev.baton.problem;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a reader of a list stands, as an opaque text that is good for that list only. */
public final class PageCursor {
  private static final String SEPARATOR = "|";

  private PageCursor() {}

  /** The text of a cursor of the list; no part may contain a {@code |}. */
  public static String text(String list, Object... parts) {
    var plain = new StringBuilder(list);
    for (var part : parts) {
      plain.append(SEPARATOR).append(part);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads a cursor's text.
   *
   * @throws IllegalArgumentException if no page of the list ever gave this cursor
   */
  public static <T> T parse(
      String text, String list, int parts, Function<List<String>, T> conversion) {
    try {
      var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      var found = List.of(plain.split("\\|", -1));
      if (found.size() == parts + 1 && found.getFirst().equals(list)) {
        return conversion.apply(found.subList(1, found.size()));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw refusal(e);
    }
    throw refusal(null);
  }

  private static IllegalArgumentException refusal(@Nullable Exception cause) {
    return new IllegalArgumentException(
        "must be the nextCursor of an earlier page of this list; leave it out to start anew",
        cause);
  }
}
