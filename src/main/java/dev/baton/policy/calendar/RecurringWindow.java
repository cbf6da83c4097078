package dev.baton.policy.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A window that comes round by a rule of RFC 5545. Expanding the rule takes thousands of times as
 * long as comparing two instants, so the last answer is kept for as long as it holds; it's the same
 * answer whether it was kept or not.
 */
public final class RecurringWindow implements Window {
  private final Recurrence recurrence;
  private final WindowLength length;
  private volatile @Nullable Answer last;

  private record Answer(Instant from, Span span) {
    boolean holdsAt(Instant now) {
      return !now.isBefore(from) && now.isBefore(span.until());
    }
  }

  /**
   * A window of that length each time the rule comes round.
   *
   * @param start the time that the zone's clock shows at the begin of the first
   * @throws IllegalArgumentException if it is no rule, comes more than once a day, or never
   */
  public RecurringWindow(String rule, LocalDateTime start, ZoneId zone, WindowLength length) {
    this.recurrence = new Recurrence(rule, start, zone);
    this.length = length;
  }

  @Override
  public ZoneId zone() {
    return recurrence.zone();
  }

  @Override
  public Span at(Instant now) {
    var known = last;
    if (known != null && known.holdsAt(now)) {
      return known.span();
    }
    var span = expandedAt(now);
    last = new Answer(now, span);
    return span;
  }

  /** Of windows that overlap the one that ends last counts, until the next one begins. */
  private Span expandedAt(Instant now) {
    var shown = LocalDateTime.ofInstant(now, zone());
    var end = Instant.MIN;
    var next = Instant.MAX;
    for (var time : recurrence.times(shown.minusDays(length.daysAtMost()), shown.plusDays(1))) {
      var begin = ZonedDateTime.of(time, zone());
      if (begin.toInstant().isAfter(now)) {
        next = begin.toInstant();
        break;
      }
      var its = length.after(begin).toInstant();
      end = its.isAfter(end) ? its : end;
    }
    var isOn = now.isBefore(end);
    return new Span(isOn, isOn && end.isBefore(next) ? end : next);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecurringWindow that
        && recurrence.equals(that.recurrence)
        && length.equals(that.length);
  }

  @Override
  public int hashCode() {
    return recurrence.hashCode() + length.hashCode();
  }
}
