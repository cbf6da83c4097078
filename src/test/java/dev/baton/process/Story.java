package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A failover as it was accepted, and what can be seen of it from outside. */
record Story(Fleet fleet, String datastore, String id) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What AWS showed on the way: how much of it is seen depends on the moment. */
  private static final Set<String> ON_THE_WAY =
      Set.of("TOPOLOGY_OBSERVED", "PROMOTION_OBSERVED", "FAILOVER_WAITING");

  /** Asks an instance to fail a datastore over to Oregon, and has its promise. */
  static Story begin(Fleet fleet, BatonProcess instance, String datastore) {
    var answer = instance.post("/v1/failovers", "alice", request(datastore));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return new Story(fleet, datastore, JSON.readTree(answer.body()).get("id").asString());
  }

  static String request(String datastore) {
    return """
    {"globalReplicationGroupId": "%s", "targetRegion": "us-west-2", "reason": "drain"}
    """
        .formatted(datastore);
  }

  Story awaitStatus(String status, BatonProcess seenFrom) {
    await("%s is %s".formatted(datastore, status))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> failover(seenFrom).get("status").asString(), status::equals);
    return this;
  }

  Story awaitEntry(String type, BatonProcess seenFrom) {
    await("%s has %s".formatted(datastore, type))
        .atMost(PATIENCE)
        .until(() -> types(seenFrom), types -> types.contains(type));
    return this;
  }

  JsonNode failover(BatonProcess seenFrom) {
    return JSON.readTree(seenFrom.get("/v1/failovers/" + id, "alice").body());
  }

  /** The types of its entries in the audit log, without what AWS showed on the way. */
  List<String> types(BatonProcess seenFrom) {
    return entries(seenFrom).stream()
        .map(entry -> entry.get("type").asString())
        .filter(type -> !ON_THE_WAY.contains(type))
        .toList();
  }

  /** The calls to fail it over that reached AWS. */
  List<RecordedCall> calls() {
    return fleet.simulator.calls().stream()
        .filter(call -> call.action().equals("FailoverGlobalReplicationGroup"))
        .filter(call -> call.globalReplicationGroupId().equals(datastore))
        .toList();
  }

  /** Promoted once, whatever happened on the way, and every entry chained to the one before. */
  void assertPromotedOnce(BatonProcess seenFrom) {
    var failover = failover(seenFrom);
    assertThat(failover.get("status").asString()).isEqualTo("SUCCEEDED");
    assertThat(failover.get("effect").asString()).isEqualTo("PROMOTED");
    assertThat(fleet.simulator.effectivePromotions(datastore)).isEqualTo(1);
    var entries = entries(seenFrom);
    assertThat(entries.stream().map(entry -> entry.get("sequence").asLong()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, entries.size()).boxed().toList());
    var previous = Optional.<String>empty();
    for (var entry : entries) {
      assertThat(entry.get("previousHash").asStringOpt()).isEqualTo(previous);
      previous = Optional.of(entry.get("hash").asString());
    }
  }

  /** A call that may still be on its way is given its time, and AWS some more to show it. */
  void assertCalledAgainOnlyWhenTheFirstCallHadLanded(BatonProcess seenFrom) {
    var intents =
        entries(seenFrom).stream()
            .filter(entry -> entry.get("type").asString().equals("CALL_INTENDED"))
            .toList();
    var landed = Instant.parse(intents.getFirst().get("data").get("landsBefore").asString());
    assertThat(Instant.parse(intents.get(1).get("occurredAt").asString()))
        .isAfterOrEqualTo(landed.plus(Fleet.SETTLING));
  }

  private List<JsonNode> entries(BatonProcess seenFrom) {
    var page = seenFrom.get("/v1/audit?limit=100&stream=failover/%s".formatted(id), "carol").body();
    return StreamSupport.stream(JSON.readTree(page).get("items").spliterator(), false).toList();
  }
}
