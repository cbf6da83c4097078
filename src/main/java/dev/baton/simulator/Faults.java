package dev.baton.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults still to strike, and the calls that they keep waiting. */
final class Faults {

  private final List<Injection> pending = new ArrayList<>();
  private int held;
  private int releases;
  private int clearings;
  private boolean closed;

  synchronized void inject(Injection injection) {
    pending.add(injection);
  }

  synchronized Optional<Fault> strike(QueryRequest request) {
    for (int at = 0; at < pending.size(); at++) {
      Injection injection = pending.get(at);
      if (injection.strikes(request)) {
        if (injection.times() == 1) {
          pending.remove(at);
        } else if (injection.times() < Integer.MAX_VALUE) {
          pending.set(at, injection.times(injection.times() - 1));
        }
        return Optional.of(injection.fault());
      }
    }
    return Optional.empty();
  }

  /** Waits until the calls held now are released; false if the simulator was closed instead. */
  synchronized boolean hold() throws InterruptedException {
    int release = releases;
    held++;
    notifyAll();
    while (releases == release && !closed) {
      wait();
    }
    return !closed;
  }

  synchronized int release() {
    int released = held;
    held = 0;
    releases++;
    notifyAll();
    return released;
  }

  synchronized boolean awaitHeld(int count, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (held < count) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return true;
  }

  /** Waits for so long, or until the faults are cleared; false if the simulator was closed. */
  synchronized boolean delay(Duration time) throws InterruptedException {
    int clearing = clearings;
    long deadline = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && clearings == clearing && !closed) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = deadline - System.nanoTime();
    }
    return !closed;
  }

  /** Returns when the faults are cleared or the simulator is closed. */
  synchronized void keepSilent() throws InterruptedException {
    int clearing = clearings;
    while (clearings == clearing && !closed) {
      wait();
    }
  }

  synchronized List<Injection> pending() {
    return List.copyOf(pending);
  }

  synchronized void clear() {
    pending.clear();
    clearings++;
    release();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
