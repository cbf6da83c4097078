package dev.baton.failover;

import static dev.baton.RunningBaton.FAIL_OVER;
import static dev.baton.RunningBaton.IRELAND;
import static dev.baton.RunningBaton.OREGON;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * Oregon takes calls and answers none, for longer than any test runs. What bears it is the number
 * of calls that it may have open, so circuit breakers are out of the way here.
 */
@BatonTest
@TestPropertySource(
    properties = {
      "baton.aws.call-timeout=5m",
      "baton.aws.read-timeout=5m",
      "baton.aws.read-budget=5m"
    })
@Timeout(120)
class SilentRegionTests {
  private static final int OPEN_CALLS = 24;
  private static final int INTO_THE_DARK = 60;
  private static final int HEALTHY = 10;

  @Autowired private RunningBaton baton;
  @Autowired private Scheduler scheduler;

  @AfterEach
  void endTheSilence() {
    baton.aws().clearFaults();
  }

  @Test
  void delaysNoFailoverInAHealthyRegion() throws InterruptedException {
    var before = timeOfHealthyFailovers();
    keepSilent(FAIL_OVER);
    var intoTheDark = datastores(INTO_THE_DARK);
    var waiting =
        intoTheDark.stream().map(datastore -> baton.accepted(Ask.failover(datastore))).toList();
    assertThat(baton.aws().awaitHeld(OPEN_CALLS, RunningBaton.PATIENCE)).isTrue();

    // From now on those that could not be sent hang in a question, and so does the observer.
    keepSilent("DescribeGlobalReplicationGroups");
    assertThat(baton.aws().awaitHeld(2 * OPEN_CALLS, RunningBaton.PATIENCE)).isTrue();
    var during = timeOfHealthyFailovers();

    assertThat(during).isLessThan(before.multipliedBy(2).plusSeconds(2));
    assertThat(callsThatReachedOregon(intoTheDark)).isEqualTo(OPEN_CALLS);
    // Bounded, so an hour of it holds no more than a minute does.
    assertThat(scheduler.getCurrentlyExecuting())
        .hasSizeBetween(2 * OPEN_CALLS - 1, 3 * OPEN_CALLS);
    assertThat(timeOf(() -> baton.alice().get("/v1/failovers?limit=200")))
        .isLessThan(Duration.ofSeconds(5));
    baton.aws().clearFaults();
    waiting.forEach(id -> baton.awaitEnd(id, "SUCCEEDED"));
  }

  private Duration timeOfHealthyFailovers() {
    var datastores = datastores(HEALTHY);
    return timeOf(() ->
        inParallel(
            datastores,
            datastore -> {
              var id = baton.accepted(Ask.switchover(datastore).to(IRELAND));
              return baton.awaitEnd(id, "SUCCEEDED");
            }));
  }

  private static Duration timeOf(Runnable work) {
    var began = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private List<String> datastores(int count) {
    return IntStream.range(0, count).mapToObj(_ -> baton.datastore()).toList();
  }

  private void keepSilent(String action) {
    baton.aws().inject(Injection.of(Fault.hold()).on(action).in(OREGON).always());
  }

  private long callsThatReachedOregon(List<String> datastores) {
    return datastores.stream().mapToLong(datastore -> baton.calls(datastore).size()).sum();
  }

  private static <T> void inParallel(List<String> datastores, Function<String, T> work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          datastores.stream()
              .map(datastore -> threads.submit(() -> work.apply(datastore)))
              .toList();
      for (var one : running) {
        one.get(1, TimeUnit.MINUTES);
      }
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
