package dev.baton.failover.process;

import java.time.Instant;

/** Of two points of time, one. */
public final class Instants {
  private Instants() {}

  public static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  public static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
