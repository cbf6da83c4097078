package dev.baton.failover.process;

import java.time.Instant;

/** Of two points of time, one. */
final class Instants {
  private Instants() {}

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
