package dev.baton.failover;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/** Many schedules, one after the other on each processor, and without a word of what they log. */
final class Schedules {
  private final AtomicLong next;
  private final AtomicLong counted = new AtomicLong();
  private final AtomicLong run = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Coverage coverage = new Coverage();
  private final List<Schedule.Failed> failures = new ArrayList<>();

  private Schedules(long firstSeed) {
    this.next = new AtomicLong(firstSeed);
  }

  /** Runs schedules until so many have counted, or one has failed. */
  static Schedules run(long firstSeed, long wanted) throws InterruptedException {
    var schedules = new Schedules(firstSeed);
    quietly(() -> {
      var threads = new ArrayList<Thread>();
      for (int n = Runtime.getRuntime().availableProcessors(); n > 0; n--) {
        threads.add(Thread.ofVirtual().start(() -> schedules.go(wanted)));
      }
      for (var thread : threads) {
        thread.join();
      }
    });
    return schedules;
  }

  /** How many schedules it took until one failed; empty if none did. Called from another loader. */
  @SuppressWarnings("unused")
  static Optional<String> firstFailure(long most) throws InterruptedException {
    var schedules = run(1, most);
    return schedules.failures.stream()
        .findFirst()
        .map(failure -> "after %d schedules: %s".formatted(schedules.run.get(), first(failure)));
  }

  private static String first(Schedule.Failed failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** What runs many schedules. */
  interface Work {
    void go() throws InterruptedException;
  }

  /** Thousands of log lines about made-up failovers help nobody. */
  static void quietly(Work work) throws InterruptedException {
    var logger = (Logger) LoggerFactory.getLogger("dev.baton");
    var level = logger.getLevel();
    logger.setLevel(Level.OFF);
    try {
      work.go();
    } finally {
      logger.setLevel(level);
    }
  }

  private void go(long wanted) {
    while (!stopped.get() && counted.get() < wanted && run.get() < wanted * 3) {
      try {
        add(Schedule.run(next.getAndIncrement()));
      } catch (Schedule.Failed failure) {
        stopped.set(true);
        run.incrementAndGet();
        synchronized (failures) {
          failures.add(failure);
        }
      }
    }
  }

  private void add(Schedule.Outcome outcome) {
    run.incrementAndGet();
    calls.addAndGet(outcome.calls());
    if (outcome.counts()) {
      counted.incrementAndGet();
    }
    synchronized (coverage) {
      coverage.add(outcome.coverage());
    }
  }

  long counted() {
    return counted.get();
  }

  long calls() {
    return calls.get();
  }

  long all() {
    return run.get();
  }

  Coverage coverage() {
    return coverage;
  }

  /** Throws what went wrong, if anything did. */
  void refuseFailure() {
    failures.stream()
        .findFirst()
        .ifPresent(failure -> {
          throw new AssertionError(failure.getMessage(), failure);
        });
  }
}
