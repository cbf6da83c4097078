package dev.baton.policy.calendar;

import java.time.Instant;

/**
 * Whether a window is on at a time, and until when that stays so.
 *
 * @param isOn whether it is on
 * @param until the first instant at which that may be otherwise; {@link Instant#MAX} if never
 */
public record Span(boolean isOn, Instant until) {}
