package dev.baton.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * What was measured.
 *
 * @param what in words
 * @param value in the unit
 * @param unit empty for a ratio
 * @param goal what it is to be, if that is said of it
 * @param guard what it has to be in a short run, far enough from what it is that only a change of
 *     the code gets it there
 */
record Figure(String what, double value, String unit, Optional<Bound> goal, Optional<Bound> guard) {

  /** What a figure is to be. */
  sealed interface Bound {
    boolean holds(double value);

    /** At most. */
    record AtMost(double limit) implements Bound {
      @Override
      public boolean holds(double value) {
        return value <= limit;
      }

      @Override
      public String toString() {
        return "≤ " + number(limit);
      }
    }

    /** At least. */
    record AtLeast(double limit) implements Bound {
      @Override
      public boolean holds(double value) {
        return value >= limit;
      }

      @Override
      public String toString() {
        return "≥ " + number(limit);
      }
    }
  }

  static Figure of(String what, double value, String unit) {
    return new Figure(what, value, unit, Optional.empty(), Optional.empty());
  }

  static Figure ratio(String what, double value) {
    return of(what, value, "");
  }

  Figure atMost(double limit) {
    return new Figure(what, value, unit, Optional.of(new Bound.AtMost(limit)), guard);
  }

  Figure atLeast(double limit) {
    return new Figure(what, value, unit, Optional.of(new Bound.AtLeast(limit)), guard);
  }

  /** Never more in a short run. */
  Figure neverAbove(double limit) {
    return new Figure(what, value, unit, goal, Optional.of(new Bound.AtMost(limit)));
  }

  /** Never less in a short run. */
  Figure neverBelow(double limit) {
    return new Figure(what, value, unit, goal, Optional.of(new Bound.AtLeast(limit)));
  }

  Optional<Boolean> isMet() {
    return goal.map(bound -> bound.holds(value));
  }

  boolean isGuarded() {
    return guard.map(bound -> bound.holds(value)).orElse(true);
  }

  String shown() {
    return (number(value) + " " + unit).strip();
  }

  /** As many digits as say something. */
  static String number(double value) {
    var size = Math.abs(value);
    var digits =
        size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
