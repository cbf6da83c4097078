package dev.baton.globaldatastore.aws;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks a send is fenced by: one can be set back, the other stands still while the machine
 * sleeps.
 */
record SendClock(InstantSource wall, LongSupplier nanos) {

  static SendClock of(InstantSource wall) {
    return new SendClock(wall, System::nanoTime);
  }

  Instant instant() {
    return wall.instant();
  }
}
