package dev.baton.policy.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** A window that comes once. */
public record FixedWindow(
    LocalDateTime from, LocalDateTime to, ZoneId zone, Instant begin, Instant end)
    implements Window {

  /**
   * Where the clock shows a time twice, the window has both: it begins at the first and ends at the
   * second. Where the clock skips a time, it is the one that the clock would show without the skip.
   *
   * @throws IllegalArgumentException if it ends before it has begun
   */
  public FixedWindow(LocalDateTime from, LocalDateTime to, ZoneId zone) {
    this(
        from,
        to,
        zone,
        from.atZone(zone).withEarlierOffsetAtOverlap().toInstant(),
        to.atZone(zone).withLaterOffsetAtOverlap().toInstant());
    if (!begin.isBefore(end)) {
      throw new IllegalArgumentException(
          "must be after the window begins, at %s, but is %s".formatted(from, to));
    }
  }

  @Override
  public Span at(Instant now) {
    if (now.isBefore(begin)) {
      return new Span(false, begin);
    }
    return now.isBefore(end) ? new Span(true, end) : new Span(false, Instant.MAX);
  }
}
