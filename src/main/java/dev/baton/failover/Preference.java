package dev.baton.failover;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a caller would rather have (RFC 7240). What can't be understood is ignored, as it says. */
final class Preference {
  static final String HEADER = "Prefer";
  static final String APPLIED = "Preference-Applied";

  /** Nobody waits longer: proxies cut what stays silent for a minute. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final Pattern WAIT =
      Pattern.compile("\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  private Preference() {}

  /** How long the caller would wait for news. */
  static Optional<Duration> wait(HttpServletRequest request) {
    for (var header : Collections.list(request.getHeaders(HEADER))) {
      for (var preference : header.split(",", -1)) {
        var wait = WAIT.matcher(preference);
        if (wait.matches()) {
          var wanted = Duration.ofSeconds(Long.parseLong(wait.group(1)));
          return Optional.of(wanted.compareTo(LONGEST_WAIT) < 0 ? wanted : LONGEST_WAIT);
        }
      }
    }
    return Optional.empty();
  }
}
