package dev.baton.policy.calendar;

import java.time.Instant;
import java.time.ZoneId;

/** A time, or a time that comes round, by the clock of a zone: from its begin, up to its end. */
public sealed interface Window permits FixedWindow, RecurringWindow {

  Span at(Instant now);

  ZoneId zone();
}
