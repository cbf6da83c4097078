package dev.baton.bench;

import java.util.Collection;
import java.util.List;

/** The middle of several values, and what else their order tells. */
final class Median {
  private Median() {}

  static double of(Collection<Double> values) {
    var sorted = values.stream().sorted().toList();
    if (sorted.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** What so many of them (0 to 1) are at most. */
  static double share(List<Double> values, double share) {
    var sorted = values.stream().sorted().toList();
    var index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.clamp(index, 0, sorted.size() - 1));
  }
}
