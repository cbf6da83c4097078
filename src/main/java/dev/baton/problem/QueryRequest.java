package dev.baton.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads query parameters one by one and collects every violation at once. */
public final class QueryRequest extends RequestFields {
  private static final int MOST = 200;
  private static final int USUAL = 50;
  private static final Pattern DIGITS = Pattern.compile("\\d{1,4}");

  private final Map<String, List<String>> parameters;

  private QueryRequest(Map<String, List<String>> parameters) {
    super("parameter");
    this.parameters = parameters;
  }

  /** The parameters of the request's query. */
  public static QueryRequest of(HttpServletRequest request) {
    var parameters = new LinkedHashMap<String, List<String>>();
    request
        .getParameterMap()
        .forEach((name, values) -> parameters.put(name, Arrays.asList(values)));
    return new QueryRequest(parameters);
  }

  /** A header that may be missing; what is wrong with it is said along with the parameters. */
  public <T> Optional<T> header(
      HttpServletRequest request, String name, Function<String, T> conversion) {
    var values = Collections.list(request.getHeaders(name));
    if (values.size() > 1) {
      violation(name, "must be given once, but is given %d times".formatted(values.size()));
      return Optional.empty();
    }
    return values.stream().findFirst().flatMap(value -> converted(name, value, conversion));
  }

  /** How many items a page may have: 1 to 200, and 50 unless told. */
  public int limit() {
    return optional("limit", QueryRequest::limitOf).orElse(USUAL);
  }

  /** Whether something is wanted: {@code true} or {@code false}, and no unless told. */
  public boolean flag(String name) {
    return optional(name, QueryRequest::flagOf).orElse(false);
  }

  @Override
  Set<String> given() {
    return parameters.keySet();
  }

  @Override
  public boolean has(String field) {
    return parameters.containsKey(field);
  }

  @Override
  Optional<String> string(String field) {
    var values = parameters.getOrDefault(field, List.of());
    if (values.size() > 1) {
      violation(field, "must be given once, but is given %d times".formatted(values.size()));
      return Optional.empty();
    }
    return values.stream().findFirst();
  }

  private static Boolean flagOf(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "must be true or false, but is '%s'".formatted(PlainText.shown(value)));
    };
  }

  private static Integer limitOf(String value) {
    var limit = DIGITS.matcher(value).matches() ? Integer.parseInt(value) : 0;
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "must be a number from 1 to %d, but is '%s'".formatted(MOST, PlainText.shown(value)));
    }
    return limit;
  }
}
