package dev.baton.simulator;

import java.util.List;

/**
 * A token bucket: so many calls at once, and so many a second in the long run.
 *
 * @param perSecond how many tokens come back a second
 * @param burst how many tokens there are at most
 * @param code what a call too many is answered with
 */
public record RateLimit(double perSecond, int burst, String code) {

  static final String THROTTLING = "Throttling";
  static final String CALL_RATE_EXCEEDED = "APICallRateForCustomerExceeded";
  static final List<String> CODES = List.of(THROTTLING, CALL_RATE_EXCEEDED);

  private static final int MOST = 1_000_000;

  public RateLimit {
    if (!(perSecond >= 0 && perSecond <= MOST)) {
      throw new IllegalArgumentException(
          "'perSecond' is %s; it must be between 0 and %d.".formatted(perSecond, MOST));
    }
    if (burst < 0 || burst > MOST) {
      throw new IllegalArgumentException(
          "'burst' is %d; it must be between 0 and %d.".formatted(burst, MOST));
    }
    if (!CODES.contains(code)) {
      throw new IllegalArgumentException(
          "'code' is '%s'; it must be one of %s.".formatted(code, CODES));
    }
  }

  /** So many calls a second, and so many at once; the others get {@code Throttling}. */
  public static RateLimit of(double perSecond, int burst) {
    return new RateLimit(perSecond, burst, THROTTLING);
  }
}
