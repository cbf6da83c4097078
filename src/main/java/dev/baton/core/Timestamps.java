package dev.baton.core;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Instants as the database keeps them: to the microsecond, which is cut rather than rounded. */
public final class Timestamps {
  private Timestamps() {}

  /** As a column takes it. */
  public static OffsetDateTime of(Instant instant) {
    return cut(instant).atOffset(ZoneOffset.UTC);
  }

  /** As it comes back from the database. */
  public static Instant cut(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }
}
