package dev.baton.bench;

import java.util.Collection;

/**
 * How long each of many took.
 *
 * @param sorted nanoseconds
 * @param perSecond how many there were
 */
record Latencies(long[] sorted, double perSecond) {
  private static final double NANOS = 1e9;
  private static final double NANOS_IN_MILLI = 1e6;

  static Latencies of(Collection<Long> nanos, long withinNanos) {
    var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Latencies(sorted, sorted.length / (withinNanos / NANOS));
  }

  double medianMillis() {
    return millis(0.5);
  }

  /** What so many of them (0 to 1) took at most. */
  double millis(double share) {
    if (sorted.length == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    var index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.clamp(index, 0, sorted.length - 1)] / NANOS_IN_MILLI;
  }
}
