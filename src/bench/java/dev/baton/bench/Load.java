package dev.baton.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Callers of an instance: each has a connection and asks again when it has its answer. */
final class Load {
  private static final long NANOS = 1_000_000_000;

  private final int port;
  private final int callers;
  private final Supplier<byte[]> requests;
  private final IntPredicate isWanted;

  /**
   * Describes a load.
   *
   * @param requests gives each caller its next request
   * @param isWanted which status an answer has to have
   */
  Load(int port, int callers, Supplier<byte[]> requests, IntPredicate isWanted) {
    this.port = port;
    this.callers = callers;
    this.requests = requests;
    this.isWanted = isWanted;
  }

  /** As fast as answers come. */
  Latencies run(Duration time) {
    var end = System.nanoTime() + time.toNanos();
    return together(
        wire -> {
          var latencies = new ArrayList<Long>();
          for (var began = System.nanoTime(); began < end; began = System.nanoTime()) {
            send(wire);
            latencies.add(System.nanoTime() - began);
          }
          return latencies;
        },
        time);
  }

  /** So many, as fast as answers come. */
  Latencies run(int count) {
    var left = new AtomicInteger(count);
    return together(
        wire -> {
          var latencies = new ArrayList<Long>();
          while (left.getAndDecrement() > 0) {
            var began = System.nanoTime();
            send(wire);
            latencies.add(System.nanoTime() - began);
          }
          return latencies;
        },
        Duration.ZERO);
  }

  /**
   * So many requests a second, whether answers come or not: the time from when one is due counts,
   * so that one which is slow makes the next ones late.
   */
  Latencies runAt(double perSecond, Duration time) {
    var began = System.nanoTime();
    var turns = new AtomicLong();
    return together(
        wire -> {
          var latencies = new ArrayList<Long>();
          while (true) {
            var due = began + Math.round(turns.getAndIncrement() / perSecond * NANOS);
            if (due > began + time.toNanos()) {
              return latencies;
            }
            var ahead = due - System.nanoTime();
            if (ahead > 0) {
              Thread.sleep(Duration.ofNanos(ahead));
            }
            send(wire);
            latencies.add(System.nanoTime() - due);
          }
        },
        time);
  }

  private void send(Wire wire) throws IOException {
    var answer = wire.send(requests.get());
    if (!isWanted.test(answer.status())) {
      throw new IllegalStateException("%d: %s".formatted(answer.status(), answer.body()));
    }
  }

  private interface Caller {
    List<Long> call(Wire wire) throws IOException, InterruptedException;
  }

  private Latencies together(Caller caller, Duration time) {
    Callable<List<Long>> task =
        () -> {
          try (var wire = new Wire(port)) {
            return caller.call(wire);
          }
        };
    try (var threads = Executors.newFixedThreadPool(callers)) {
      var began = System.nanoTime();
      var all = new ArrayList<Long>();
      for (var one : threads.invokeAll(Collections.nCopies(callers, task))) {
        all.addAll(one.get());
      }
      return Latencies.of(all, Math.max(time.toNanos(), System.nanoTime() - began));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause
          ? new UncheckedIOException(cause)
          : new IllegalStateException(e.getCause());
    }
  }
}
