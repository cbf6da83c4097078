package dev.baton.simulator;

import java.time.Duration;
import java.util.regex.Pattern;

/** What no control request may go beyond: a wrong unit must not break the clock's arithmetic. */
final class Limits {

  static final Duration LONGEST = Duration.ofDays(365);

  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

  private Limits() {}

  static void refuseImpossible(String name, Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'%s' is %s; it must be between PT0S and %s.".formatted(name, value, LONGEST));
    }
  }

  static String region(String name, String value) {
    if (!REGION.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' is '%s'; it must be an AWS Region such as us-east-1.".formatted(name, value));
    }
    return value;
  }
}
