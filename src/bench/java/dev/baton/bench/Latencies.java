package dev.baton.bench;

import java.util.List;

/**
 * How long each of many took.
 *
 * @param millis milliseconds
 * @param perSecond how many there were
 */
record Latencies(List<Double> millis, double perSecond) {
  private static final double NANOS = 1e9;
  private static final double NANOS_IN_MILLI = 1e6;

  static Latencies of(List<Long> nanos, long withinNanos) {
    return new Latencies(
        nanos.stream().map(one -> one / NANOS_IN_MILLI).toList(),
        nanos.size() / (withinNanos / NANOS));
  }
}
