package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people do comes to what a small model says, whatever they do and in which order. {@code
 * -Dsequences=1000000} runs as many, {@code -DfirstSequence=…} others.
 */
class PeopleModelTests {
  private static final Logger LOG = LoggerFactory.getLogger(PeopleModelTests.class);
  private static final long WANTED = Long.getLong("sequences", 10_000);
  private static final long FIRST = Long.getLong("firstSequence", 1);

  /** What has to have happened, for the sequences to tell anything. */
  private static final List<String> ANSWERS =
      List.of(
          "requests: done",
          "requests: failover-in-progress",
          "requests: refused-by-policy",
          "approves: done",
          "approves: own-request",
          "approves: already-approved",
          "approves: not-an-approver",
          "approves: not-awaiting-approval",
          "rejects: done",
          "rejects: own-request",
          "cancels: done",
          "cancels: not-cancellable",
          "gives: done",
          "gives: forbidden",
          "gives: not-reschedulable",
          "gives: refused-by-policy");

  @Test
  void agreesWithTheModelInEverySequence() throws Exception {
    var done = new ConcurrentSkipListMap<String, Integer>();
    var next = new AtomicLong(FIRST);
    Schedules.quietly(() -> run(next, done));
    done.forEach((what, count) -> LOG.info("{} {}", count, what));
    if (WANTED >= 10_000) {
      assertThat(done.keySet()).containsAll(ANSWERS);
    }
  }

  private static void run(AtomicLong next, Map<String, Integer> done) throws InterruptedException {
    Callable<Void> work =
        () -> {
          for (var seed = next.getAndIncrement();
              seed < FIRST + WANTED;
              seed = next.getAndIncrement()) {
            PeopleSequence.run(seed, done);
          }
          return null;
        };
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Void>>();
      for (int n = Runtime.getRuntime().availableProcessors(); n > 0; n--) {
        all.add(work);
      }
      for (var worker : workers.invokeAll(all)) {
        if (worker.state() == Future.State.FAILED) {
          throw new AssertionError(worker.exceptionNow().getMessage(), worker.exceptionNow());
        }
      }
    }
  }
}
