package dev.baton.globaldatastore.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** One call's permission to leave this machine: once, and before a time. */
final class Transmission {

  /** How far the call came. */
  enum State {
    NOT_BEGUN,
    BEGUN,
    REFUSED
  }

  // Centuries in nanoseconds would overflow; no send has a day to wait.
  private static final Duration LONGEST = Duration.ofDays(1);

  private final SendClock clock;
  private final Instant sendBefore;
  private final long deadline;
  private final AtomicReference<State> state = new AtomicReference<>(State.NOT_BEGUN);

  Transmission(Instant sendBefore, SendClock clock) {
    this.clock = clock;
    this.sendBefore = sendBefore;
    this.deadline = clock.nanos().getAsLong() + nanosUntil(sendBefore, clock.instant());
  }

  State state() {
    return state.get();
  }

  /** Takes the permission, or throws. */
  void begin() {
    if (isOver()) {
      state.compareAndSet(State.NOT_BEGUN, State.REFUSED);
      throw new SendRefusedException("not sent: it had to be sent before " + sendBefore);
    }
    if (!state.compareAndSet(State.NOT_BEGUN, State.BEGUN)) {
      throw new SendRefusedException("not sent again: a call is sent once");
    }
  }

  private boolean isOver() {
    return !clock.instant().isBefore(sendBefore) || clock.nanos().getAsLong() - deadline >= 0;
  }

  private static long nanosUntil(Instant end, Instant now) {
    var left = Duration.between(now, end);
    if (left.isNegative()) {
      return 0;
    }
    return left.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : left.toNanos();
  }
}
