package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten minutes of failovers under AWS's faults, and nothing grows without end. */
class FailoverSoakTests {
  private static final int DATASTORES = 300;
  private static final int REQUESTERS = 30;
  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(10);
  private static final double GROWTH = 1.25;
  private static final Path CSV = Path.of("target", "soak.csv");

  private final int minutes = Integer.getInteger("baton.soak.minutes", 10);
  private final int perSecond = Integer.getInteger("baton.soak.rate", 5);
  private final long seed = Long.getLong("baton.soak.seed", System.nanoTime());
  private final AtomicInteger due = new AtomicInteger();
  private volatile boolean over;

  @Test
  void levelsOffUnderLoadAndFaults() throws Exception {
    System.out.println("Seed of this soak (-Dbaton.soak.seed): " + seed);
    try (var fleet = new Fleet(Fleet.WITHOUT_COOL_DOWN)) {
      var datastores =
          IntStream.range(0, DATASTORES).mapToObj(n -> fleet.datastore("soak-" + n)).toList();
      var instances = fleet.running(2);
      var requests = new Requests(fleet, datastores, seed);
      List<SequencedMap<String, Double>> samples;
      try (var weather = new Weather(fleet.simulator, seed)) {
        samples = loaded(requests, weather, new Vitals(fleet, instances));
      }
      System.out.printf(
          "Accepted %d of %d that were due in %d minutes%n",
          requests.accepted().size(), due.get(), minutes);
      requests.answers().forEach((answer, times) -> System.out.println(answer + ": " + times));
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> new Vitals(fleet, List.of()).sample().get("unfinished") == 0);
      assertLevelsOff(samples);
      var verdict = Verdict.on(fleet, instances.getFirst(), requests.accepted());
      assertThat(verdict.violations()).isEmpty();
    }
  }

  private List<SequencedMap<String, Double>> loaded(
      Requests requests, Weather weather, Vitals vitals) throws Exception {
    var permits = new Semaphore(0);
    // Closing the requesters waits for those who are asking: no answer must get lost.
    try (var requesters = Executors.newVirtualThreadPerTaskExecutor();
        var clock = Executors.newSingleThreadScheduledExecutor()) {
      for (int number = 0; number < REQUESTERS; number++) {
        requesters.submit(() -> {
          while (!over || permits.availablePermits() > 0) {
            if (permits.tryAcquire(1, TimeUnit.SECONDS)) {
              requestOne(requests, weather);
            }
          }
          return null;
        });
      }
      clock.scheduleAtFixedRate(
          () -> {
            due.incrementAndGet();
            permits.release();
          },
          0,
          TimeUnit.SECONDS.toMicros(1) / perSecond,
          TimeUnit.MICROSECONDS);
      try {
        return sampled(vitals);
      } finally {
        over = true;
        clock.shutdownNow();
        System.out.println("Not asked for in time: " + permits.drainPermits());
      }
    }
  }

  private static void requestOne(Requests requests, Weather weather) throws InterruptedException {
    var datastore = requests.take();
    weather.strikeACall(datastore);
    requests.ask(datastore);
    requests.giveBack(datastore);
  }

  private List<SequencedMap<String, Double>> sampled(Vitals vitals) throws Exception {
    List<SequencedMap<String, Double>> samples = new ArrayList<>();
    var began = System.nanoTime();
    try (var csv = Files.newBufferedWriter(CSV)) {
      while (elapsed(began).compareTo(Duration.ofMinutes(minutes)) < 0) {
        await()
            .pollDelay(BETWEEN_SAMPLES)
            .atMost(BETWEEN_SAMPLES.multipliedBy(2))
            .until(() -> true);
        var sample = vitals.sample();
        if (samples.isEmpty()) {
          csv.write("seconds," + String.join(",", sample.keySet()) + "\n");
        }
        csv.write(Vitals.csv(elapsed(began).toSeconds(), sample));
        csv.flush();
        samples.add(sample);
      }
    }
    return samples;
  }

  private static Duration elapsed(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** The first third may still be warming up; the last is not to be above the middle. */
  private static void assertLevelsOff(List<SequencedMap<String, Double>> samples) {
    var third = samples.size() / 3;
    List<String> growing = new ArrayList<>();
    System.out.printf("%-25s %12s %12s %12s%n", "median of", "first third", "middle", "last");
    for (var name : samples.getFirst().keySet()) {
      var values = samples.stream().map(sample -> sample.get(name)).toList();
      var first = median(values.subList(0, third));
      var middle = median(values.subList(third, 2 * third));
      var last = median(values.subList(2 * third, values.size()));
      System.out.printf("%-25s %12.1f %12.1f %12.1f%n", name, first, middle, last);
      if (last > middle * GROWTH + Vitals.allowance(name)) {
        growing.add("%s: from %.1f to %.1f".formatted(name, middle, last));
      }
    }
    assertThat(growing).as("see %s", CSV).isEmpty();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
