package dev.baton.problem;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer that is not what was asked for.
 *
 * @param detail what was wrong this time, for a person to read
 * @param properties extension members, in their order
 * @param headers HTTP headers that go with it
 */
public record Problem(
    ProblemType type, String detail, Map<String, Object> properties, Map<String, String> headers) {

  public Problem {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    headers = Map.copyOf(headers);
  }

  public Problem(ProblemType type, String detail) {
    this(type, detail, Map.of(), Map.of());
  }

  /** The same with one more extension member. */
  public Problem with(String property, Object value) {
    var more = new LinkedHashMap<>(properties);
    more.put(property, value);
    return new Problem(type, detail, more, headers);
  }

  /** The same with one more header. */
  public Problem withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(type, detail, properties, more);
  }

  /** The same with a Retry-After of at least a second. */
  public Problem retryAfter(Duration wait) {
    return withHeader("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
  }
}
