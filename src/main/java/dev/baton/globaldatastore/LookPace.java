package dev.baton.globaldatastore;

import dev.baton.globaldatastore.UnderWay.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/**
 * When to look at a Region again. Before a promotion can be over it is looked at a third as often
 * as {@code busy} says, and what that saves is spent when it should be over, so that its end is
 * seen early and AWS is asked no more often than it would be by looking evenly.
 *
 * @param lookedAt when it was looked at last
 * @param saved how many looks it was spared, up to {@value #MOST_SAVED}; less than one leaves none
 *     to spend
 */
record LookPace(Instant lookedAt, double saved) {
  private static final double MOST_SAVED = 8;
  private static final int SELDOM = 3;

  /** After ten minutes a look every five seconds will do. */
  private static final int AGE_PER_PAUSE = 120;

  /** After the first look: none is known from before. */
  static LookPace first(Instant now) {
    return new LookPace(now, MOST_SAVED);
  }

  /** After another look. */
  LookPace next(Instant now, ObserverProperties properties) {
    var due = ratio(Duration.between(lookedAt, now), properties.busy());
    return new LookPace(now, Math.clamp(saved + due - 1, 0, MOST_SAVED));
  }

  /** From the last look to the next. */
  Duration pause(Collection<UnderWay> underWay, ObserverProperties properties) {
    return underWay.stream()
        .map(one -> pause(one, properties))
        .min(Comparator.naturalOrder())
        .orElse(properties.idle());
  }

  private Duration pause(UnderWay underWay, ObserverProperties properties) {
    var age = Duration.between(underWay.since(), lookedAt);
    var busy = properties.busy();
    return underWay
        .expected()
        .filter(expected -> age.compareTo(expected.latest()) < 0)
        .map(expected -> {
          var shortest = saved < 1 ? busy : nearEnd(expected, busy);
          return age.compareTo(expected.soonest()) < 0
              ? clamped(expected.soonest().minus(age), shortest, busy.multipliedBy(SELDOM))
              : shortest;
        })
        .orElseGet(
            () -> clamped(age.dividedBy(AGE_PER_PAUSE), busy, longer(busy, properties.slowest())));
  }

  /**
   * So that one which takes the median time, with the look that shows its end, is looked at as
   * often as it would be evenly.
   */
  private static Duration nearEnd(Expected expected, Duration busy) {
    var left = expected.median().minus(expected.soonest());
    var spared = expected.soonest().minus(expected.soonest().dividedBy(SELDOM)).minus(busy);
    var looks = ratio(left.plus(spared), busy);
    return looks > 0 && left.isPositive()
        ? clamped(Duration.ofNanos((long) (left.toNanos() / looks)), shortest(busy), busy)
        : busy;
  }

  private static Duration shortest(Duration busy) {
    return busy.dividedBy(4);
  }

  private static double ratio(Duration one, Duration other) {
    return (double) one.toNanos() / other.toNanos();
  }

  private static Duration clamped(Duration pause, Duration shortest, Duration longest) {
    return pause.compareTo(shortest) < 0
        ? shortest
        : pause.compareTo(longest) > 0 ? longest : pause;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
