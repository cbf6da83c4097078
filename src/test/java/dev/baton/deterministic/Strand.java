package dev.baton.deterministic;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Code that runs until it waits, and goes on when its time has come. It has a thread of its own, so
 * that production code can wait anywhere; but only one strand runs at a time, so that nothing
 * depends on how threads are scheduled.
 */
final class Strand {
  private static final ThreadLocal<Strand> CURRENT = new ThreadLocal<>();

  private final Thread thread;
  private volatile boolean running;
  private volatile boolean over;
  private @Nullable Thread driver;
  private @Nullable Throwable failure;

  Strand(Runnable body) {
    this.thread =
        Thread.ofVirtual()
            .unstarted(() -> {
              CURRENT.set(this);
              try {
                body.run();
              } catch (HostDied died) {
                // The end of whatever ran there.
              } catch (RuntimeException | Error thrown) {
                // Thrown again where the schedule is driven: here nobody would see it.
                failure = thrown;
              }
              over = true;
              handBack();
            });
  }

  static Strand current() {
    var current = CURRENT.get();
    if (current == null) {
      throw new IllegalStateException("nothing may wait here: this is no strand");
    }
    return current;
  }

  /** Lets it run until it waits or is over; called by whoever drives the schedule. */
  void proceed() {
    if (over) {
      return;
    }
    driver = Thread.currentThread();
    running = true;
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
    while (running) {
      LockSupport.park(this);
    }
    if (failure != null) {
      throw new IllegalStateException("a strand has failed", failure);
    }
  }

  /** Called by the strand itself: goes on when somebody lets it proceed. */
  void await() {
    handBack();
    while (!running) {
      LockSupport.park(this);
    }
  }

  private void handBack() {
    var waiting = driver;
    running = false;
    LockSupport.unpark(waiting);
  }
}
