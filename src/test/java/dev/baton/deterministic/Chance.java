package dev.baton.deterministic;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** All that is left to chance in a schedule: the same seed, the same chances. */
public final class Chance {
  private final SplittableRandom random;

  public Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** True with this probability. */
  public boolean of(double probability) {
    return random.nextDouble() < probability;
  }

  public double share() {
    return random.nextDouble();
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public Duration between(Duration least, Duration most) {
    return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
  }

  public Duration millis(long least, long most) {
    return between(Duration.ofMillis(least), Duration.ofMillis(most));
  }

  public Duration seconds(long least, long most) {
    return between(Duration.ofSeconds(least), Duration.ofSeconds(most));
  }

  public <T> T oneOf(List<T> some) {
    return some.get(below(some.size()));
  }
}
