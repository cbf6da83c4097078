package dev.baton.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults still to strike, the Regions that are dark, and the calls that are being held. */
final class Faults {

  private final List<Injection> pending = new ArrayList<>();
  private final Map<String, Darkness> dark = new HashMap<>();
  private int held;
  private int releases;
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

  synchronized void darken(String region, Darkness darkness) {
    dark.put(region, darkness);
    notifyAll();
  }

  synchronized void lightUp(String region) {
    dark.remove(region);
    notifyAll();
  }

  /** Whether the Region is dark; returns from a silent one only when that is over. */
  synchronized boolean keptInTheDark(String region) throws InterruptedException {
    boolean kept = dark.containsKey(region);
    while (dark.get(region) == Darkness.SILENT && !closed) {
      wait();
    }
    return kept;
  }

  synchronized void clear() {
    pending.clear();
    dark.clear();
    release();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
