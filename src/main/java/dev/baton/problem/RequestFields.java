package dev.baton.problem;

import dev.baton.core.Timestamps;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads named values one by one and collects everything that is wrong with them. */
abstract sealed class RequestFields permits JsonRequest, QueryRequest {
  private static final int MOST_UNKNOWN_NAMED = 20;

  private final String noun;
  private final String prefix;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<Violation> violations;

  RequestFields(String noun) {
    this(noun, "", new ArrayList<>());
  }

  /** Fields within those that note what is wrong in the same list. */
  RequestFields(String noun, String prefix, RequestFields outer) {
    this(noun, outer.prefix + prefix, outer.violations);
  }

  private RequestFields(String noun, String prefix, List<Violation> violations) {
    this.noun = noun;
    this.prefix = prefix;
    this.violations = violations;
  }

  /** The names that the request has. */
  abstract Set<String> given();

  /** Whether the request has a value, right or wrong, under the name. */
  public abstract boolean has(String field);

  /** The value if it is a string; a violation is noted if it is anything else. */
  abstract Optional<String> string(String field);

  /** A value that may be missing. What the conversion's exception says becomes the violation. */
  public <T> Optional<T> optional(String field, Function<String, T> conversion) {
    ask(field);
    return string(field).flatMap(value -> converted(field, value, conversion));
  }

  /** A value that must be there; empty if it is missing or invalid, which is noted. */
  public <T> Optional<T> required(String field, Function<String, T> conversion) {
    if (!has(field)) {
      violation(field, "is required");
    }
    return optional(field, conversion);
  }

  /** An ISO-8601 instant with Z or an offset, cut to the microseconds that are stored. */
  public Optional<Instant> instant(String field) {
    return optional(field, RequestFields::instantOf);
  }

  /** An ISO-8601 duration that is not negative. */
  public Optional<Duration> duration(String field, Duration longest) {
    return optional(field, value -> durationOf(value, longest));
  }

  /** The name of a constant. */
  public <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
    return optional(field, value -> constantOf(value, type));
  }

  /** The name of a constant that must be there. */
  public <E extends Enum<E>> Optional<E> requiredChoice(String field, Class<E> type) {
    return required(field, value -> constantOf(value, type));
  }

  /** One line of plain text. */
  public Optional<String> text(String field, int longest) {
    return optional(field, value -> PlainText.checked(value, longest));
  }

  /** One line of plain text that must be there. */
  public Optional<String> requiredText(String field, int longest) {
    return required(field, value -> PlainText.checked(value, longest));
  }

  /** Notes something that is wrong with a field. */
  public void violation(String field, String message) {
    violations.add(new Violation(prefix + field, message));
  }

  /** Refuses the request if anything was wrong, or if it has a name that nobody asked for. */
  public void finish() {
    noteUnknown();
    if (violations.isEmpty()) {
      return;
    }
    var count = violations.size() == 1 ? "one violation" : violations.size() + " violations";
    throw new ProblemException(ProblemType.INVALID_REQUEST, "The request has " + count + ".")
        .with("violations", List.copyOf(violations));
  }

  final void ask(String field) {
    asked.add(field);
  }

  /**
   * Notes every name that nobody has asked for: for who goes on to read fields within, whose end
   * refuses the request.
   */
  public final void noteUnknown() {
    var unknown = given().stream().filter(name -> !asked.contains(name)).toList();
    var allowed = asked.isEmpty() ? "none" : String.join(", ", asked);
    unknown.stream()
        .limit(MOST_UNKNOWN_NAMED)
        .forEach(name ->
            violation(PlainText.shown(name), "unknown %s; allowed: %s".formatted(noun, allowed)));
    var more = unknown.size() - MOST_UNKNOWN_NAMED;
    if (more > 0) {
      violation("", "%d more unknown %ss; allowed: %s".formatted(more, noun, allowed));
    }
  }

  final <T> Optional<T> converted(String field, String value, Function<String, T> conversion) {
    try {
      return Optional.of(conversion.apply(value));
    } catch (IllegalArgumentException e) {
      var message = e.getMessage();
      violation(field, message == null ? "is not valid" : message);
      return Optional.empty();
    }
  }

  private static Duration durationOf(String value, Duration longest) {
    try {
      var duration = Duration.parse(value);
      if (!duration.isNegative() && duration.compareTo(longest) <= 0) {
        return duration;
      }
    } catch (DateTimeException e) {
      // Answered below, like one that is too long.
    }
    throw new IllegalArgumentException(
        "must be a duration of at most %s, such as PT30M, but is '%s'"
            .formatted(longest, PlainText.shown(value)));
  }

  private static Instant instantOf(String value) {
    try {
      var time = OffsetDateTime.parse(value);
      if (time.getYear() >= 1970 && time.getYear() <= 9998) {
        return Timestamps.cut(time.toInstant());
      }
    } catch (DateTimeException e) {
      // Answered below, like a year out of range.
    }
    throw new IllegalArgumentException(
        "must be an instant with Z or an offset, such as 2026-01-31T12:00:00Z, but is '%s'"
            .formatted(PlainText.shown(value)));
  }

  private static <E extends Enum<E>> E constantOf(String value, Class<E> type) {
    var constants = List.of(type.getEnumConstants());
    return constants.stream()
        .filter(one -> one.name().equals(value))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of %s, but is '%s'"
                    .formatted(
                        String.join(", ", constants.stream().map(Enum::name).toList()),
                        PlainText.shown(value))));
  }
}
