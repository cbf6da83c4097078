package dev.baton.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the bodies of the control API strictly, and says of what it can't read what it may be. */
final class ControlJson {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ControlJson() {}

  static <T> T read(byte[] body, Class<T> type) {
    try {
      return Optional.ofNullable(MAPPER.readValue(body, type))
          .orElseThrow(() -> new IllegalArgumentException("The body must be a JSON object."));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(explanation(e), e);
    }
  }

  private static String explanation(JacksonException failure) {
    return switch (failure) {
      case UnrecognizedPropertyException unknown ->
          "There is no '%s' here; there are %s."
              .formatted(
                  path(failure),
                  unknown.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", ")));
      case InvalidFormatException wrong ->
          "'%s' is '%s'; it must be %s."
              .formatted(path(failure), wrong.getValue(), wanted(wrong.getTargetType()));
      case MismatchedInputException wrong ->
          "'%s' can't be read; it must be %s."
              .formatted(path(failure), wanted(wrong.getTargetType()));
      default -> "The body is not JSON: " + failure.getOriginalMessage();
    };
  }

  private static String path(JacksonException failure) {
    String path =
        failure.getPath().stream()
            .map(step ->
                step.getPropertyName() == null
                    ? Integer.toString(step.getIndex())
                    : step.getPropertyName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "(the body)" : path;
  }

  private static String wanted(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (type == Duration.class) {
      return "an ISO-8601 duration such as PT1.5S";
    }
    if (type == Integer.class) {
      return "a whole number";
    }
    if (type == Double.class) {
      return "a number";
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    return type == String.class ? "a string" : "a list or an object as documented";
  }
}
