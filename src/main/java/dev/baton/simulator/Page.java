package dev.baton.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One page of a list ordered by id, and the marker of the next. */
record Page<T>(List<T> items, Optional<String> marker) {

  private static final int SMALLEST = 20;
  private static final int LARGEST = 100;
  private static final String PREFIX = "after:";

  static <T> Page<T> of(List<T> ordered, Function<T, String> id, QueryRequest request) {
    int size = request.number("MaxRecords", SMALLEST, LARGEST, LARGEST);
    String after = request.optional("Marker").map(Page::decode).orElse("");
    List<T> rest = ordered.stream().filter(item -> id.apply(item).compareTo(after) > 0).toList();
    if (rest.size() <= size) {
      return new Page<>(rest, Optional.empty());
    }
    List<T> items = rest.subList(0, size);
    return new Page<>(items, Optional.of(encode(id.apply(items.getLast()))));
  }

  /** A marker that leads to the first page again; ids begin with letters, which come after 0. */
  static String ofTheFirst(String nonce) {
    return encode("0" + nonce);
  }

  private static String encode(String last) {
    return Base64.getUrlEncoder().encodeToString((PREFIX + last).getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String marker) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
      if (text.startsWith(PREFIX)) {
        return text.substring(PREFIX.length());
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like a marker of another make.
    }
    throw QueryError.invalidValue("Marker '%s' is not one this service gave.".formatted(marker));
  }
}
