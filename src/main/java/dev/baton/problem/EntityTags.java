package dev.baton.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The entity tags of If-Match or If-None-Match (RFC 9110, 13.1).
 *
 * @param given as they stand there; empty without the header
 */
public record EntityTags(List<String> given) {
  private static final String ANY = "*";

  public EntityTags {
    given = List.copyOf(given);
  }

  public static EntityTags of(HttpServletRequest request, String header) {
    return new EntityTags(
        Collections.list(request.getHeaders(header)).stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::strip)
            .toList());
  }

  public boolean isEmpty() {
    return given.isEmpty();
  }

  /** Whether this strong tag is among them, by the strong comparison that If-Match wants. */
  public boolean match(String eTag) {
    return given.contains(ANY) || given.contains(eTag);
  }

  /** The same by the weak comparison that If-None-Match wants. */
  public boolean matchWeakly(String eTag) {
    return match(eTag) || given.contains("W/" + eTag);
  }

  @Override
  public String toString() {
    return PlainText.shown(String.join(", ", given));
  }
}
