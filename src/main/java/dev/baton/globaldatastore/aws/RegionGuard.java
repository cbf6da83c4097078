package dev.baton.globaldatastore.aws;

import dev.baton.globaldatastore.CallPace;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Pace, circuit breaker, bulkhead and retry of one account, Region and kind of call. */
final class RegionGuard {
  /** Nobody waits longer for a turn: neither the urgent, nor the others, who then have none. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /**
   * How long before it is due a turn may be taken: those that are taken already go on at the pace
   * at which they were when AWS asks to slow down.
   */
  private static final Duration AHEAD = Duration.ofMillis(200);

  private final CallPace pace;
  private final CircuitBreaker breaker;
  private final Bulkhead bulkhead;
  private final Retry retry;
  private final LongSupplier nanos;
  private volatile boolean reachedLately = true;

  RegionGuard(
      CallPace pace, CircuitBreaker breaker, Bulkhead bulkhead, Retry retry, LongSupplier nanos) {
    this.pace = pace;
    this.breaker = breaker;
    this.bulkhead = bulkhead;
    this.retry = retry;
    this.nanos = nanos;
  }

  /** What to make of a result of type {@code T}. */
  record Judgement<T>(
      Function<T, Lesson> lesson, Function<T, Boolean> passing, Function<HeldBack, T> heldBack) {}

  /**
   * Why a call was not made.
   *
   * @param unreached whether the failures that opened the circuit breaker ended in one that never
   *     reached the Region
   */
  record HeldBack(String why, boolean unreached) {}

  /**
   * Makes the call, and makes it again while its result is passing and a new try would begin within
   * the time given.
   */
  <T> T call(Supplier<T> call, Judgement<T> judgement, Duration within) {
    return call(call, judgement, within, false);
  }

  /**
   * The same, past the circuit breaker where that would hold the call back, and past the pace where
   * its turn is far away: never past the bulkhead, which is what protects the other Regions.
   */
  <T> T insist(Supplier<T> call, Judgement<T> judgement, Duration within) {
    return call(call, judgement, within, true);
  }

  private <T> T call(Supplier<T> call, Judgement<T> judgement, Duration within, boolean insistent) {
    var began = nanos.getAsLong();
    return retry
        .executeSupplier(() -> {
          var result = once(call, judgement, insistent);
          var inTime = nanos.getAsLong() - began < within.toNanos();
          return new Tried<>(result, inTime && judgement.passing().apply(result));
        })
        .result();
  }

  private <T> T once(Supplier<T> call, Judgement<T> judgement, boolean insistent) {
    if (!isTurn(insistent)) {
      var why =
          "it takes no more calls a second (%s); this one waits for its turn"
              .formatted(breaker.getName());
      return judgement.heldBack().apply(new HeldBack(why, false));
    }
    var permitted = breaker.tryAcquirePermission();
    if (!permitted && !insistent) {
      var why = "it failed too often just now (circuit breaker %s)".formatted(breaker.getName());
      return judgement.heldBack().apply(new HeldBack(why, !reachedLately));
    }
    var began = breaker.getCurrentTimestamp();
    var lesson = Lesson.NONE;
    try {
      if (!bulkhead.tryAcquirePermission()) {
        var why = "it has too many calls open (bulkhead %s)".formatted(bulkhead.getName());
        return judgement.heldBack().apply(new HeldBack(why, false));
      }
      try {
        var result = call.get();
        lesson = judgement.lesson().apply(result);
        return result;
      } finally {
        bulkhead.onComplete();
      }
    } finally {
      if (lesson == Lesson.THROTTLED) {
        pace.slowDown();
      }
      // A call that the breaker didn't permit has no permission to give back, and teaches nothing.
      if (permitted) {
        teach(lesson, breaker.getCurrentTimestamp() - began);
      }
    }
  }

  /** Waits for a turn, but not for ever. */
  private boolean isTurn(boolean insistent) {
    try {
      if (insistent) {
        Thread.sleep(pace.urgentTurn(PATIENCE));
        return true;
      }
      for (var left = PATIENCE; left.isPositive(); left = left.minus(AHEAD)) {
        var turn = pace.turn(AHEAD);
        Thread.sleep(turn.orElse(AHEAD));
        if (turn.isPresent()) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void teach(Lesson lesson, long duration) {
    if (lesson == Lesson.NONE) {
      breaker.releasePermission();
      return;
    }
    reachedLately = lesson != Lesson.UNREACHED;
    breaker.onResult(duration, breaker.getTimestampUnit(), lesson);
  }

  /** A result, and whether to try once more. */
  record Tried<T>(T result, boolean again) {}
}
