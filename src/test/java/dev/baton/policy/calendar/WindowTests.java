package dev.baton.policy.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTests {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @ParameterizedTest
  @CsvSource({
    "2026-11-26T16:59:59.999999999Z, false, 2026-11-26T17:00:00Z",
    "2026-11-26T17:00:00Z, true, 2026-11-30T11:00:00Z",
    "2026-11-30T10:59:59.999999999Z, true, 2026-11-30T11:00:00Z",
    "2026-11-30T11:00:00Z, false, +1000000000-12-31T23:59:59.999999999Z"
  })
  void isOnFromItsBeginUpToItsEndByTheClockOfItsZone(Instant now, boolean isOn, Instant until) {
    var window = fixed("2026-11-26T12:00", "2026-11-30T06:00", NEW_YORK);
    assertThat(window.at(now)).isEqualTo(new Span(isOn, until));
  }

  /** On 25 October 2026 Berlin's clock shows 02:30 twice: at 00:30Z and at 01:30Z. */
  @Test
  void hasBothHoursThatTheClockShowsTwice() {
    var window = fixed("2026-10-25T02:30", "2026-10-25T02:30:01", BERLIN);
    assertThat(window.begin()).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(window.end()).isEqualTo("2026-10-25T01:30:01Z");
  }

  /** On 29 March 2026 Berlin's clock goes from 02:00 to 03:00. */
  @Test
  void beginsLaterWhereTheClockSkipsItsBegin() {
    var window = fixed("2026-03-29T02:30", "2026-03-29T04:00", BERLIN);
    assertThat(window.begin()).isEqualTo("2026-03-29T01:30:00Z");
    assertThat(window.end()).isEqualTo("2026-03-29T02:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"2026-11-26T12:00", "2026-11-26T11:59:59"})
  void refusesToEndBeforeItHasBegun(String end) {
    assertThatThrownBy(() -> fixed("2026-11-26T12:00", end, BERLIN))
        .hasMessage("must be after the window begins, at 2026-11-26T12:00, but is " + end);
  }

  /** Friday 18:00 to Monday 06:00 in Berlin, across both changes of the clock. */
  @ParameterizedTest
  @CsvSource({
    "2026-01-09T16:59:59Z, false, 2026-01-09T17:00:00Z",
    "2026-01-09T17:00:00Z, true, 2026-01-12T05:00:00Z",
    "2026-01-12T05:00:00Z, false, 2026-01-16T17:00:00Z",
    // spring: begins at 18:00+01:00, ends at 06:00+02:00
    "2026-03-27T17:00:00Z, true, 2026-03-30T04:00:00Z",
    "2026-03-30T03:59:59Z, true, 2026-03-30T04:00:00Z",
    "2026-03-30T04:00:00Z, false, 2026-04-03T16:00:00Z",
    // autumn: begins at 18:00+02:00, ends at 06:00+01:00
    "2026-10-23T16:00:00Z, true, 2026-10-26T05:00:00Z",
    "2026-10-26T04:59:59Z, true, 2026-10-26T05:00:00Z",
    "2026-10-26T05:00:00Z, false, 2026-10-30T17:00:00Z"
  })
  void comesRoundByTheClockOfItsZone(Instant now, boolean isOn, Instant until) {
    var window = recurring("FREQ=WEEKLY;BYDAY=FR", "2026-01-02T18:00", "P2DT12H");
    assertThat(window.at(now)).isEqualTo(new Span(isOn, until));
  }

  /** P1D goes by the calendar and PT24H by the stopwatch: on 25 October a day has 25 hours. */
  @ParameterizedTest
  @CsvSource({
    "P1D, 2026-10-24T10:00:00Z, 2026-10-25T11:00:00Z",
    "PT24H, 2026-10-24T10:00:00Z, 2026-10-25T10:00:00Z",
    "P1D, 2026-03-28T11:00:00Z, 2026-03-29T10:00:00Z",
    "PT24H, 2026-03-28T11:00:00Z, 2026-03-29T11:00:00Z"
  })
  void countsDaysByTheCalendarAndHoursByTheStopwatch(String length, Instant begin, Instant end) {
    var window = recurring("FREQ=WEEKLY;BYDAY=SA", "2026-01-03T12:00", length);
    assertThat(window.at(begin)).isEqualTo(new Span(true, end));
  }

  @Test
  void comesLaterWhereTheClockSkipsItsTime() {
    var window = recurring("FREQ=DAILY", "2026-01-01T02:30", "PT1H");
    assertThat(window.at(Instant.parse("2026-03-29T01:30:00Z")))
        .isEqualTo(new Span(true, Instant.parse("2026-03-29T02:30:00Z")));
    assertThat(window.at(Instant.parse("2026-03-29T01:29:59Z")).isOn()).isFalse();
  }

  @Test
  void comesOnceWhereTheClockShowsItsTimeTwice() {
    var window = recurring("FREQ=DAILY", "2026-01-01T02:30", "PT15M");
    assertThat(window.at(Instant.parse("2026-10-25T00:30:00Z")))
        .isEqualTo(new Span(true, Instant.parse("2026-10-25T00:45:00Z")));
    assertThat(window.at(Instant.parse("2026-10-25T01:30:00Z")).isOn()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // the last Friday of each month
    "FREQ=MONTHLY;BYDAY=-1FR, 2026-11-27T11:30:00Z, true",
    "FREQ=MONTHLY;BYDAY=-1FR, 2026-11-20T11:30:00Z, false",
    // not on the Thursday that it starts on
    "FREQ=WEEKLY;BYDAY=FR, 2026-01-01T11:30:00Z, false",
    // every other week
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH, 2026-01-15T11:30:00Z, true",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH, 2026-01-22T11:30:00Z, false",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24, 2099-12-24T11:30:00Z, true",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24, 2025-12-24T11:30:00Z, false",
    "FREQ=DAILY;COUNT=3, 2026-01-03T11:30:00Z, true",
    "FREQ=DAILY;COUNT=3, 2026-01-04T11:30:00Z, false",
    // 11:00Z is 12:00 in Berlin: the day's window has begun by then
    "FREQ=DAILY;UNTIL=20260105T110000Z, 2026-01-05T11:30:00Z, true",
    "FREQ=DAILY;UNTIL=20260105T105959Z, 2026-01-05T11:30:00Z, false",
    "FREQ=DAILY;UNTIL=20260105, 2026-01-05T11:30:00Z, true",
    "FREQ=DAILY;UNTIL=20260105, 2026-01-06T11:30:00Z, false",
    "FREQ=DAILY;UNTIL=20260105T120000, 2026-01-05T11:30:00Z, true"
  })
  void goesByTheRulesOfRfc5545(String rule, Instant now, boolean isOn) {
    assertThat(recurring(rule, "2026-01-01T12:00", "PT1H").at(now).isOn()).isEqualTo(isOn);
  }

  @Test
  void endsWithTheLastOfThoseThatOverlap() {
    var window = recurring("FREQ=DAILY;COUNT=3", "2026-01-01T12:00", "P1DT12H");
    assertThat(window.at(Instant.parse("2026-01-01T23:00:00Z")).until())
        .as("until the next one begins")
        .isEqualTo("2026-01-02T11:00:00Z");
    assertThat(window.at(Instant.parse("2026-01-02T12:00:00Z")).until())
        .isEqualTo("2026-01-03T11:00:00Z");
    assertThat(window.at(Instant.parse("2026-01-03T12:00:00Z")).until())
        .isEqualTo("2026-01-04T23:00:00Z");
    assertThat(window.at(Instant.parse("2026-01-04T23:00:00Z")))
        .isEqualTo(new Span(false, Instant.MAX));
  }

  @Test
  void answersTheSameWhateverItWasAskedBefore() {
    var asked = recurring("FREQ=DAILY", "2026-01-01T12:00", "P1DT6H");
    for (int hour = 24 * 20; hour > -48; hour -= 5) {
      var now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(hour * 3600L);
      var fresh = recurring("FREQ=DAILY", "2026-01-01T12:00", "P1DT6H");
      assertThat(asked.at(now)).as("at %s", now).isEqualTo(fresh.at(now));
      assertThat(asked.at(now.plusSeconds(60))).isEqualTo(fresh.at(now.plusSeconds(60)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "every friday | must be an RFC 5545 rule such as FREQ=WEEKLY;BYDAY=FR, but is 'every friday': ",
        "FREQ=HOURLY | must have a FREQ of DAILY, WEEKLY, MONTHLY or YEARLY, but is 'FREQ=HOURLY'",
        "FREQ=DAILY;BYHOUR=1,2 | must leave BYHOUR, BYMINUTE and BYSECOND out, because start says the time of day",
        "FREQ=DAILY;COUNT=1001 | must have a COUNT of at most 1000, but has 1001",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | must come round at least once from 2026-01-01T12:00 on",
        "FREQ=DAILY;UNTIL=20250101 | must come round at least once from 2026-01-01T12:00 on",
      })
  void refusesWhatIsNoRuleForDays(String rule, String message) {
    assertThatThrownBy(() -> recurring(rule, "2026-01-01T12:00", "PT1H"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void takesAThousandTimesButNoLongRule() {
    recurring("FREQ=DAILY;COUNT=1000", "2026-01-01T12:00", "PT1H");
    var rule = "FREQ=WEEKLY;BYDAY=FR";
    assertThatThrownBy(
            () -> recurring(rule + " ".repeat(501 - rule.length()), "2026-01-01T12:00", "P1D"))
        .hasMessage("must be an RFC 5545 rule of at most 500 characters, but has 501");
  }

  @ParameterizedTest
  @CsvSource({
    "P", "PT0S", "P0D", "1D", "P1W", "P-1D", "PT-1H", "P367D", "PT8785H", "P1.5D", "PT", "PT1X"
  })
  void refusesALengthThatIsNone(String length) {
    assertThatThrownBy(() -> WindowLength.parse(length))
        .hasMessage(
            "must be an ISO-8601 duration above zero, at most 366 days, such as PT8H or P2DT12H,"
                + " but is '%s'",
            length);
  }

  @ParameterizedTest
  @CsvSource({"P366D", "PT8784H", "PT1S", "P1DT1H30M"})
  void takesALengthOfUpToAYear(String length) {
    var window = recurring("FREQ=DAILY;COUNT=1", "2026-01-01T00:00", length);
    assertThat(window.at(Instant.parse("2025-12-31T23:00:00Z")).isOn()).isTrue();
  }

  @Test
  void reachesAsFarAsALongOneDoes() {
    var window = recurring("FREQ=DAILY;COUNT=1", "2026-01-01T00:00", "P366D");
    assertThat(window.at(Instant.parse("2027-01-01T22:59:59Z")).isOn()).isTrue();
    assertThat(window.at(Instant.parse("2027-01-01T23:00:00Z")).isOn()).isFalse();
    var byTheStopwatch = recurring("FREQ=DAILY;COUNT=1", "2026-01-01T00:00", "PT8784H");
    assertThat(byTheStopwatch.at(Instant.parse("2027-01-01T22:59:59Z")).isOn()).isTrue();
  }

  private static FixedWindow fixed(String from, String to, ZoneId zone) {
    return new FixedWindow(LocalDateTime.parse(from), LocalDateTime.parse(to), zone);
  }

  private static RecurringWindow recurring(String rule, String start, String length) {
    return new RecurringWindow(
        rule, LocalDateTime.parse(start), BERLIN, WindowLength.parse(length));
  }
}
