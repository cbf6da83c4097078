package dev.baton.problem;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * How a description may be shown; what stands first is for who takes anything, which is curl: its
 * user reads the answer in a terminal.
 */
enum ProblemFormat {
  TEXT,
  HTML,
  JSON;

  MediaType type() {
    return switch (this) {
      case TEXT -> new MediaType("text", "plain", StandardCharsets.UTF_8);
      case HTML -> new MediaType("text", "html", StandardCharsets.UTF_8);
      case JSON -> MediaType.APPLICATION_JSON;
    };
  }

  /** The format that is liked best; empty if none is accepted. */
  static Optional<ProblemFormat> accepted(String accept) {
    try {
      return MediaType.parseMediaTypes(accept).stream()
          .filter(wanted -> wanted.getQualityValue() > 0)
          .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
          .flatMap(
              wanted -> Arrays.stream(values()).filter(format -> format.isWithin(wanted)).limit(1))
          .findFirst();
    } catch (InvalidMediaTypeException e) {
      return Optional.empty();
    }
  }

  private boolean isWithin(MediaType wanted) {
    return wanted.removeQualityValue().isCompatibleWith(type());
  }
}
