package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import dev.baton.simulator.RecordedCall;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Once the POST of a hold has answered, no call follows that it holds back, by whichever instance
 * and however many are about to be sent. {@code -DholdRounds=1000} does it as often.
 */
@ExtendWith(FleetExtension.class)
class HoldProcessTests {
  private static final Logger LOG = LoggerFactory.getLogger(HoldProcessTests.class);
  private static final int ROUNDS = Integer.getInteger("holdRounds", 60);
  private static final int DATASTORES = 8;
  private static final String FAIL_OVER = "FailoverGlobalReplicationGroup";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Fleet fleet;

  HoldProcessTests(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * A hold as it was set.
   *
   * @param answered when its POST had answered
   * @param until when it was about to be ended
   * @param tooLate the Global datastores that it came too late for
   */
  private record Held(Instant answered, Instant until, Set<String> tooLate) {
    boolean forbids(RecordedCall call) {
      return call.at().isAfter(answered)
          && call.at().isBefore(until)
          && !tooLate.contains(call.globalReplicationGroupId());
    }
  }

  @Test
  void isFollowedByNoCallThatItHoldsBack() throws Exception {
    var instances = fleet.running(2);
    var datastores =
        Stream.iterate(1, number -> number + 1)
            .limit(DATASTORES)
            .map(number -> fleet.datastore("stop-" + number))
            .toList();
    // Each request is one call, and over at once.
    datastores.forEach(datastore ->
        fleet.simulator.inject(
            Injection.of(Fault.error(400, "InvalidParameterValue"))
                .on(FAIL_OVER)
                .about(datastore)
                .times(1_000_000)));
    var held = new ArrayList<Held>();
    var isOver = new AtomicBoolean();
    try (var load = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < DATASTORES; number++) {
        var datastore = datastores.get(number);
        var instance = instances.get(number % 2);
        load.execute(() -> {
          while (!isOver.get()) {
            request(instance, datastore);
          }
        });
      }
      try {
        for (int round = 0; round < ROUNDS; round++) {
          var before = calls(datastores).size();
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(5))
              .until(() -> calls(datastores).size() > before);
          held.add(holdBack(instances.get(round % 2), instances.get((round + 1) % 2)));
        }
      } finally {
        isOver.set(true);
      }
    }

    var calls = calls(datastores);
    LOG.info(
        "{} holds, {} calls, {} holds came too late for some",
        held.size(),
        calls.size(),
        held.stream().filter(one -> !one.tooLate().isEmpty()).count());
    assertThat(calls).hasSizeGreaterThanOrEqualTo(ROUNDS);
    assertThat(calls).noneMatch(call -> held.stream().anyMatch(hold -> hold.forbids(call)));
    fleet.simulator.clearFaults();
  }

  private static Held holdBack(BatonProcess one, BatonProcess other) {
    var set =
        one.post(
            "/v1/holds",
            "frank",
            "{\"scope\": {\"globalReplicationGroupId\": \"ldgnf-stop-*\"}, \"reason\": \"stop\"}");
    var answered = Instant.now();
    assertThat(set.statusCode()).as(set.body()).isEqualTo(201);
    var hold = JSON.readTree(set.body());
    // Whoever was about to call has time for it.
    other.get("/v1/holds", "alice");
    one.get("/v1/failovers?limit=200", "alice");
    var until = Instant.now();
    var ended =
        other.delete("/v1/holds/%s?comment=go".formatted(hold.path("id").stringValue()), "frank");
    assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
    return new Held(answered, until, tooLate(hold));
  }

  private static Set<String> tooLate(JsonNode hold) {
    return hold.path("underWay")
        .valueStream()
        .map(call -> call.path("globalReplicationGroupId").stringValue())
        .collect(Collectors.toSet());
  }

  private static void request(BatonProcess instance, String datastore) {
    try {
      instance.post(
          "/v1/failovers",
          "alice",
          """
          {"globalReplicationGroupId": "%s", "targetRegion": "%s", "mode": "FAILOVER",
           "acceptDataLoss": true, "reason": "load"}
          """
              .formatted(datastore, Fleet.OREGON));
    } catch (UncheckedIOException busy) {
      // Whether it was taken shows in the calls.
    }
  }

  private List<RecordedCall> calls(List<String> datastores) {
    return fleet.simulator.calls().stream()
        .filter(call -> call.action().equals(FAIL_OVER))
        .filter(call -> datastores.contains(call.globalReplicationGroupId()))
        .toList();
  }
}
