package dev.baton.policy.calendar;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * How long a window lasts. As RFC 5545 has it, days go by the calendar, so they may have 23 or 25
 * hours, and what stands behind the T goes by the stopwatch.
 */
public record WindowLength(int days, Duration time) {
  private static final Pattern SHAPE = Pattern.compile("P(?:(\\d{1,3})D)?(T\\d[\\dHMS]{0,30})?");
  private static final int MOST_DAYS = 366;
  private static final Duration LONGEST_TIME = Duration.ofDays(MOST_DAYS);

  /**
   * Reads an ISO-8601 duration of days, hours, minutes and seconds.
   *
   * @throws IllegalArgumentException if it is none, is empty, or is longer than a year
   */
  public static WindowLength parse(String text) {
    var shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw wrong(text);
    }
    try {
      var days = shape.group(1) == null ? 0 : Integer.parseInt(shape.group(1));
      var time = shape.group(2) == null ? Duration.ZERO : Duration.parse("P" + shape.group(2));
      if ((days == 0 && time.isZero()) || days > MOST_DAYS || time.compareTo(LONGEST_TIME) > 0) {
        throw wrong(text);
      }
      return new WindowLength(days, time);
    } catch (DateTimeParseException _) {
      throw wrong(text);
    }
  }

  ZonedDateTime after(ZonedDateTime begin) {
    return begin.plusDays(days).plus(time);
  }

  /** The calendar days beyond which no window of this length reaches. */
  long daysAtMost() {
    return days + time.toDays() + 2;
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "must be an ISO-8601 duration above zero, at most %d days, such as PT8H or P2DT12H, but is '%s'"
            .formatted(MOST_DAYS, text));
  }
}
