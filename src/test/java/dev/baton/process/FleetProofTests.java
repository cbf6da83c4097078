package dev.baton.process;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.RecordedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two hundred failovers through everything that may go wrong at once, and each has exactly one
 * effect. The seed repeats what is done and to whom, not how the processes take it.
 */
class FleetProofTests {
  private static final int DATASTORES = 50;
  private static final int FAILOVERS = 200;
  private static final int REQUESTERS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration TAKEOVER = Duration.ofSeconds(10);

  private final long seed = Long.getLong("baton.proof.seed", System.nanoTime());

  @Test
  void everyAcceptedFailoverHasExactlyOneEffectWhateverIsKilledPausedOrRestarted()
      throws Exception {
    System.out.println("Seed of this proof (-Dbaton.proof.seed): " + seed);
    try (var fleet = new Fleet(Fleet.WITHOUT_COOL_DOWN)) {
      var datastores =
          IntStream.range(0, DATASTORES).mapToObj(n -> fleet.datastore("proof-" + n)).toList();
      fleet.running(3);
      var requests = new Requests(fleet, datastores, seed);
      try (var trouble = new Trouble(fleet, requests, seed)) {
        try (var weather = new Weather(fleet.simulator, seed)) {
          request(requests, weather, trouble.steps());
        }
        fleet.startMissing(3);
        var instance = fleet.running(3).getLast();
        awaitNothingUnfinished(fleet, instance);
        var verdict = Verdict.on(fleet, instance, requests.accepted());
        report(fleet, requests, trouble, verdict);
        assertThat(verdict.violations()).isEmpty();
        assertThat(requests.accepted()).hasSizeGreaterThanOrEqualTo(FAILOVERS);
        assertThat(verdict.ends().get("SUCCEEDED PROMOTED")).isGreaterThan(FAILOVERS * 9 / 10);
        assertEverythingHappened(trouble);
        assertThat(quantile(trouble.takeovers(), 0.5)).isLessThan(TAKEOVER);
      }
    }
  }

  /** Requests go on as trouble does: so many for each step. */
  private static void request(Requests requests, Weather weather, List<Trouble.Step> steps)
      throws Exception {
    var aimed = Window.values().length * Trouble.Fate.values().length;
    var left = new AtomicInteger(FAILOVERS - aimed);
    var permits = new Semaphore(0);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> requesters = new ArrayList<>();
      for (int number = 0; number < REQUESTERS; number++) {
        requesters.add(
            executor.submit(() -> {
              while (left.getAndDecrement() > 0) {
                permits.acquire();
                requestOne(requests, weather);
              }
              return null;
            }));
      }
      try {
        for (var step : steps) {
          permits.release(Math.ceilDiv(FAILOVERS - aimed, steps.size()));
          step.run();
        }
        permits.release(FAILOVERS);
        for (var requester : requesters) {
          requester.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
      } finally {
        executor.shutdownNow();
      }
    }
  }

  private static void requestOne(Requests requests, Weather weather) throws InterruptedException {
    var datastore = requests.take();
    weather.strikeACall(datastore);
    var id = requests.ask(datastore);
    requests.rival(datastore);
    requests.awaitEnd(id, Duration.ofSeconds(20));
    requests.giveBack(datastore);
  }

  private static void awaitNothingUnfinished(Fleet fleet, BatonProcess instance) {
    var unfinished = "select id::text from failover where finished_at is null";
    var tasks = "select task_instance from scheduled_tasks where task_name = 'failover'";
    try {
      await()
          .atMost(PATIENCE)
          .until(() ->
              fleet.database.rows(unfinished).isEmpty() && fleet.database.rows(tasks).isEmpty());
    } finally {
      for (var id : fleet.database.rows(unfinished)) {
        System.out.printf("Unfinished: %s%n%s%n", id, AuditChains.read(instance).trail(id));
      }
    }
  }

  private static void assertEverythingHappened(Trouble trouble) {
    for (var window : Window.values()) {
      for (var fate : Trouble.Fate.values()) {
        assertThat(trouble.happened()).containsKey(Trouble.name(window, fate));
      }
    }
  }

  private static void report(Fleet fleet, Requests requests, Trouble trouble, Verdict verdict)
      throws InterruptedException {
    trouble.happened().forEach((what, times) -> line(what, times));
    var calls = fleet.simulator.calls();
    var faults =
        calls.stream()
            .filter(call -> !call.fault().isEmpty())
            .collect(groupingBy(FleetProofTests::faultOf, TreeMap::new, counting()));
    faults.forEach((fault, times) -> line("AWS: " + fault, times));
    requests.answers().forEach((answer, times) -> line("answered by " + answer, times));
    verdict.ends().forEach((end, times) -> line("ended " + end, times));
    line("effective promotions", fleet.simulator.effectivePromotions());
    line("audit entries verified", verdict.audit().size());
    var takeovers = trouble.takeovers();
    line("tasks taken over from killed instances", takeovers.size());
    line("takeover, median", quantile(takeovers, 0.5));
    line("takeover, 95th percentile", quantile(takeovers, 0.95));
    line("takeover, longest", takeovers.getLast());
  }

  private static String faultOf(RecordedCall call) {
    return call.fault() + " on " + call.action();
  }

  private static void line(String what, Object value) {
    System.out.printf("%-55s %s%n", what, value);
  }

  private static Duration quantile(List<Duration> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
