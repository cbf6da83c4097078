package dev.baton.policy.calendar;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;

/**
 * A recurrence rule of RFC 5545 that comes round once a day at most. Its times are those that a
 * clock on the wall shows: which instants they are is for the zone to say.
 *
 * @param rule the text of the rule
 * @param start the wall's time from which it counts
 * @param zone the zone that an UNTIL in UTC is brought to
 */
record Recurrence(String rule, LocalDateTime start, ZoneId zone) {
  private static final int LONGEST = 500;
  private static final int MOST_TIMES = 1000;
  private static final Set<Freq> FREQUENCIES =
      EnumSet.of(Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

  Recurrence {
    if (rule.length() > LONGEST) {
      throw new IllegalArgumentException(
          "must be an RFC 5545 rule of at most %d characters, but has %d"
              .formatted(LONGEST, rule.length()));
    }
    var parsed = parse(rule);
    refuseMoreThanDaily(parsed, rule);
    if (parsed.getCount() != null && parsed.getCount() > MOST_TIMES) {
      throw new IllegalArgumentException(
          "must have a COUNT of at most %d, but has %d".formatted(MOST_TIMES, parsed.getCount()));
    }
    if (times(parsed, start, zone, start, start).isEmpty()) {
      throw new IllegalArgumentException(
          "must come round at least once from %s on, but '%s' never does".formatted(start, rule));
    }
  }

  private static void refuseMoreThanDaily(RecurrenceRule parsed, String rule) {
    if (!FREQUENCIES.contains(parsed.getFreq())) {
      throw new IllegalArgumentException(
          "must have a FREQ of DAILY, WEEKLY, MONTHLY or YEARLY, but is '%s'".formatted(rule));
    }
    if (saysTheTimeOfDay(parsed)) {
      throw new IllegalArgumentException(
          "must leave BYHOUR, BYMINUTE and BYSECOND out, because start says the time of day, but is"
              + " '%s'".formatted(rule));
    }
  }

  private static boolean saysTheTimeOfDay(RecurrenceRule parsed) {
    return parsed.hasPart(RecurrenceRule.Part.BYHOUR)
        || parsed.hasPart(RecurrenceRule.Part.BYMINUTE)
        || parsed.hasPart(RecurrenceRule.Part.BYSECOND);
  }

  /**
   * The wall's times at which it comes round, in order: from the earliest on, up to the first one
   * behind the latest.
   */
  List<LocalDateTime> times(LocalDateTime earliest, LocalDateTime latest) {
    return times(parse(rule), start, zone, earliest, latest);
  }

  private static List<LocalDateTime> times(
      RecurrenceRule parsed,
      LocalDateTime start,
      ZoneId zone,
      LocalDateTime earliest,
      LocalDateTime latest) {
    var until = parsed.getUntil();
    if (until != null) {
      parsed.setUntil(onTheWall(lastOf(until, zone)));
    }
    var times = new ArrayList<LocalDateTime>();
    try {
      var all = parsed.iterator(onTheWall(start));
      all.fastForward(onTheWall(earliest));
      while (all.hasNext() && (times.isEmpty() || !times.getLast().isAfter(latest))) {
        times.add(onTheWall(all.peekDateTime()));
        all.nextMillis();
      }
    } catch (IllegalArgumentException _) {
      // The library gives up like this where nothing comes for centuries.
      return times;
    }
    return times;
  }

  private static LocalDateTime lastOf(DateTime until, ZoneId zone) {
    var shown = onTheWall(until);
    if (until.isAllDay()) {
      return shown.toLocalDate().atTime(23, 59, 59);
    }
    return until.isFloating()
        ? shown
        : shown.atOffset(ZoneOffset.UTC).atZoneSameInstant(zone).toLocalDateTime();
  }

  private static DateTime onTheWall(LocalDateTime time) {
    return new DateTime(
        time.getYear(),
        time.getMonthValue() - 1,
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  private static LocalDateTime onTheWall(DateTime time) {
    return LocalDateTime.of(
        time.getYear(),
        time.getMonth() + 1,
        time.getDayOfMonth(),
        time.getHours(),
        time.getMinutes(),
        time.getSeconds());
  }

  private static RecurrenceRule parse(String rule) {
    try {
      return new RecurrenceRule(rule, RecurrenceRule.RfcMode.RFC5545_STRICT);
    } catch (InvalidRecurrenceRuleException | IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "must be an RFC 5545 rule such as FREQ=WEEKLY;BYDAY=FR, but is '%s': %s"
              .formatted(rule, wrong.getMessage()),
          wrong);
    }
  }
}
