package dev.baton.deterministic;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Virtual time: it passes only when nothing is left to do at the present instant. */
public final class Timeline {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long now;
  private long numbered;
  private boolean closing;

  private record Event(long at, long number, Runnable what) {}

  /** The time that passes the same for all, in nanoseconds from the beginning. */
  public long nanos() {
    return now;
  }

  /** What a clock that is right shows. */
  public Instant instant() {
    return NOON.plusNanos(now);
  }

  public Duration elapsed() {
    return Duration.ofNanos(now);
  }

  public void after(Duration delay, Runnable what) {
    if (!closing) {
      at(now + delay.toNanos(), what);
    }
  }

  /** What is past happens at once. */
  public void at(Instant time, Runnable what) {
    if (!closing) {
      at(Duration.between(NOON, time).toNanos(), what);
    }
  }

  private void at(long time, Runnable what) {
    events.add(new Event(Math.max(now, time), numbered++, what));
  }

  /** Begins something that may wait. */
  public void begin(Runnable body) {
    var strand = new Strand(body);
    after(Duration.ZERO, strand::proceed);
  }

  /** Lets time pass for who calls this; everybody else goes on meanwhile. */
  public void elapse(Duration time) {
    var end = now + time.toNanos();
    var next = events.peek();
    if (next == null || next.at() > end) {
      now = end;
      return;
    }
    var strand = Strand.current();
    at(end, strand::proceed);
    strand.await();
  }

  /** Waits until somebody runs what this hands out. */
  void sleep(Consumer<Runnable> alarm) {
    var strand = Strand.current();
    alarm.accept(() -> at(now, strand::proceed));
    strand.await();
  }

  /** Runs until that is so, or nothing is left, or the time is over; true if it is so. */
  public boolean runUntil(BooleanSupplier so, Duration end) {
    while (!so.getAsBoolean()) {
      var next = events.peek();
      if (next == null || next.at() > end.toNanos()) {
        return false;
      }
      events.poll();
      now = Math.max(now, next.at());
      next.what().run();
    }
    return true;
  }

  /** Lets everybody who waits go on, and begins nothing any more. */
  public void drain() {
    closing = true;
    for (var next = events.poll(); next != null; next = events.poll()) {
      now = Math.max(now, next.at());
      next.what().run();
    }
  }
}
