package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Clients that ask for failovers, at one instance or another, until they have a promise. */
final class PatientClients implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration BETWEEN_CLIENTS = Duration.ofMillis(200);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NO_ANSWER = "no answer";
  private static final String DATABASE = "/problems/database-unavailable";

  /** A key that is in use, and whatever says neither yes nor no. */
  private static final Set<Integer> ASK_AGAIN = Set.of(409, 500, 502, 503, 504);

  private final List<BatonProcess> instances;
  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(50);
  private final AtomicInteger turns = new AtomicInteger();
  private final List<Future<?>> asking = new ArrayList<>();
  private final Queue<Promise> promises = new ConcurrentLinkedQueue<>();
  private final Queue<String> disappointments = new ConcurrentLinkedQueue<>();

  PatientClients(List<BatonProcess> instances) {
    this.instances = instances;
  }

  /** A 202: from then on the failover exists, whatever happens. */
  record Promise(String datastore, String id, Instant at) {}

  /** A client for each datastore, one after the other, each under a key of its own. */
  void ask(List<String> datastores) {
    var delay = Duration.ZERO;
    for (var datastore : datastores) {
      asking.add(executor.schedule(() -> ask(datastore), delay.toMillis(), TimeUnit.MILLISECONDS));
      delay = delay.plus(BETWEEN_CLIENTS);
    }
  }

  private void ask(String datastore) {
    promises.add(
        await("a promise for " + datastore)
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> askOnce(datastore), Optional::isPresent)
            .orElseThrow());
  }

  private Optional<Promise> askOnce(String datastore) {
    var instance = instances.get(turns.getAndIncrement() % instances.size());
    try {
      var key = Map.of("Idempotency-Key", datastore);
      var answer = instance.post("/v1/failovers", "alice", Story.request(datastore), key);
      var body = JSON.readTree(answer.body());
      if (answer.statusCode() == 202) {
        return Optional.of(new Promise(datastore, body.get("id").asString(), Instant.now()));
      }
      assertThat(answer.statusCode()).as(answer.body()).isIn(ASK_AGAIN);
      disappointments.add(body.path("type").asString());
    } catch (UncheckedIOException lost) {
      disappointments.add(NO_ANSWER);
    }
    return Optional.empty();
  }

  List<Promise> promises() {
    return List.copyOf(promises);
  }

  boolean promisedAfter(Instant time) {
    return promises.stream().anyMatch(promise -> promise.at().isAfter(time));
  }

  /** Whether one has felt that the database is away. */
  boolean noticeTheDatabase() {
    return disappointments.contains(DATABASE) || disappointments.contains(NO_ANSWER);
  }

  /** Until each has its promise. */
  void awaitAll(Duration patience) throws Exception {
    for (var one : asking) {
      one.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** What they were answered instead of a promise, and how often. */
  Map<String, Long> disappointments() {
    return disappointments.stream()
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
