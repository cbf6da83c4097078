package dev.baton.process;

import static org.awaitility.Awaitility.await;

import dev.baton.simulator.DatastoreSnapshot;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests for failovers of datastores, there and back, to any instance. One whose answer was lost
 * is repeated under its key, so that nothing is accepted twice unknowingly.
 */
final class Requests {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Fleet fleet;
  private final Random random;
  private final BlockingQueue<String> idle = new LinkedBlockingQueue<>();
  private final Map<String, String> accepted = new ConcurrentHashMap<>();
  private final NavigableMap<String, AtomicInteger> answers = new ConcurrentSkipListMap<>();

  Requests(Fleet fleet, Collection<String> datastores, long seed) {
    this.fleet = fleet;
    this.random = new Random(seed);
    idle.addAll(datastores);
  }

  private record Request(String key, String body) {}

  /** A datastore that nobody else here asks for, until it is given back. */
  String take() throws InterruptedException {
    return idle.take();
  }

  void giveBack(String datastore) {
    idle.add(datastore);
  }

  /** The failovers that were accepted, with their datastores. */
  Map<String, String> accepted() {
    return Map.copyOf(accepted);
  }

  /** How often there was which answer. */
  NavigableMap<String, AtomicInteger> answers() {
    return answers;
  }

  /** The Region whose member is not the primary. */
  String target(String datastore) {
    return fleet.simulator.datastores().stream()
        .map(DatastoreSnapshot::datastore)
        .filter(one -> one.globalReplicationGroupId().equals(datastore))
        .flatMap(one -> one.members().stream())
        .filter(member -> member.role() == SimulatedDatastore.Role.SECONDARY)
        .map(Member::region)
        .findFirst()
        .orElseThrow();
  }

  /** Asks until a failover is accepted, and returns its id. */
  String ask(String datastore) {
    var request = new Request[] {next(datastore)};
    return await("a failover of %s is accepted".formatted(datastore))
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(PAUSE)
        .until(
            () -> {
              var answer = send(request[0]);
              var id = answer.filter(it -> it.statusCode() == 202).map(Requests::idIn);
              id.ifPresent(it -> accepted.put(it, datastore));
              if (id.isEmpty() && answer.filter(Requests::isFinal).isPresent()) {
                request[0] = next(datastore);
              }
              return id;
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** Somebody else wants the same, elsewhere: mostly turned away. */
  void rival(String datastore) {
    var request = next(datastore);
    send(request)
        .filter(it -> it.statusCode() == 202)
        .map(Requests::idIn)
        .ifPresent(id -> accepted.put(id, datastore));
  }

  /** Waits for the end of a failover, but not for ever. */
  void awaitEnd(String id, Duration patience) {
    var end = System.nanoTime() + patience.toNanos();
    await()
        .ignoreExceptions()
        .atMost(patience.plusSeconds(30))
        .pollInterval(PAUSE)
        .until(() -> System.nanoTime() > end || isFinished(id));
  }

  private boolean isFinished(String id) {
    return fleet
        .database
        .rows("select id from failover where id = ?::uuid and finished_at is null", id)
        .isEmpty();
  }

  private synchronized Request next(String datastore) {
    var mode =
        random.nextInt(10) < 7
            ? "\"mode\": \"SWITCHOVER\""
            : "\"mode\": \"FAILOVER\", \"acceptDataLoss\": true";
    return new Request(
        Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()),
        """
        {"globalReplicationGroupId": "%s", "targetRegion": "%s", "reason": "proof", %s}
        """
            .formatted(datastore, target(datastore), mode));
  }

  /** Empty if there was no answer. */
  private Optional<HttpResponse<String>> send(Request request) {
    try {
      var answer =
          anyInstance()
              .post(
                  "/v1/failovers",
                  "alice",
                  request.body(),
                  Map.of("Idempotency-Key", request.key()));
      count(kind(answer));
      return Optional.of(answer);
    } catch (UncheckedIOException _) {
      count("nothing");
      return Optional.empty();
    }
  }

  private synchronized BatonProcess anyInstance() {
    var alive = fleet.alive();
    return alive.get(random.nextInt(alive.size()));
  }

  private void count(String kind) {
    answers.computeIfAbsent(kind, _ -> new AtomicInteger()).incrementAndGet();
  }

  private static String kind(HttpResponse<String> answer) {
    return answer.statusCode() == 202
        ? "202"
        : answer.statusCode()
            + " "
            + JSON.readTree(answer.body()).path("type").asString().replaceFirst(".*/", "");
  }

  /** Whether the same request will not be accepted, nor has been. */
  private static boolean isFinal(HttpResponse<String> answer) {
    return answer.statusCode() < 500 && !answer.body().contains("/idempotency-key-in-use");
  }

  private static String idIn(HttpResponse<String> answer) {
    return JSON.readTree(answer.body()).get("id").asString();
  }
}
