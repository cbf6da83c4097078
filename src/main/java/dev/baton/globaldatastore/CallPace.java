package dev.baton.globaldatastore;

import java.time.Duration;
import java.util.Optional;

/**
 * Spaces out the calls of one kind that all instances make to one Region of an account: as fast as
 * AWS takes them, which is learned from its asking to slow down.
 */
public interface CallPace {

  /**
   * Takes the next turn.
   *
   * @return how long to wait for it; empty if that is longer than this: then none was taken
   */
  Optional<Duration> turn(Duration patience);

  /**
   * The same for who won't wait longer than that, whoever else has to wait then.
   *
   * @return how long to wait
   */
  Duration urgentTurn(Duration atMost);

  /** AWS has asked to slow down. */
  void slowDown();

  /** Nothing waits. */
  static CallPace unlimited() {
    return new CallPace() {
      @Override
      public Optional<Duration> turn(Duration patience) {
        return Optional.of(Duration.ZERO);
      }

      @Override
      public Duration urgentTurn(Duration atMost) {
        return Duration.ZERO;
      }

      @Override
      public void slowDown() {}
    };
  }
}
