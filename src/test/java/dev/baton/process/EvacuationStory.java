package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An evacuation of Global datastores of its own, seen through whichever instance is alive. */
final class EvacuationStory {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Fleet fleet;
  private final Duration patience;
  final List<String> datastores;
  final String prefix;
  String id = "";

  EvacuationStory(Fleet fleet, String name, int count, Duration patience) {
    this.fleet = fleet;
    this.patience = patience;
    this.prefix = "ldgnf-" + name + "-";
    this.datastores =
        IntStream.range(0, count)
            .mapToObj(number -> fleet.datastore("%s-%04d".formatted(name, number)))
            .toList();
  }

  /** Asks for it at an instance. */
  EvacuationStory request(BatonProcess instance, Map<String, Object> further) {
    var fields = new TreeMap<String, Object>(further);
    fields.put("fromRegion", Fleet.VIRGINIA);
    fields.put("toRegion", Fleet.OREGON);
    fields.put("selector", Map.of("globalReplicationGroupIds", List.of(prefix + "*")));
    fields.put("reason", "us-east-1 is drained");
    var answer = instance.post("/v1/evacuations", "alice", JSON.writeValueAsString(fields));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    id = JSON.readTree(answer.body()).path("id").stringValue();
    return this;
  }

  JsonNode act(BatonProcess instance, String what, String body) {
    var answer = instance.post("/v1/evacuations/" + id + "/" + what, "alice", body);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
    return JSON.readTree(answer.body());
  }

  JsonNode act(BatonProcess instance, String what) {
    return act(instance, what, "{\"comment\": \"looked at it\"}");
  }

  /** Whatever instance answers. */
  JsonNode shown() {
    for (var instance : fleet.alive()) {
      try {
        var answer = instance.get("/v1/evacuations/" + id, "alice");
        if (answer.statusCode() == 200) {
          return JSON.readTree(answer.body());
        }
      } catch (UncheckedIOException notUp) {
        continue;
      }
    }
    return JSON.createObjectNode();
  }

  int count(String status) {
    return shown().path("counts").path(status).asInt(0);
  }

  JsonNode await(String what, Predicate<JsonNode> condition) {
    return Awaitility.await("evacuation %s: %s".formatted(id, what))
        .atMost(patience)
        .pollInterval(Duration.ofMillis(100))
        .until(this::shown, condition);
  }

  JsonNode awaitEnd(String status) {
    var ended = await("it ends", shown -> shown.has("finishedAt"));
    assertThat(ended.path("status").stringValue()).as(ended.toString()).isEqualTo(status);
    return ended;
  }

  /** How many of its calls AWS got. */
  long calls() {
    return fleet.simulator.calls().stream()
        .filter(call -> call.action().equals("FailoverGlobalReplicationGroup"))
        .filter(call -> call.globalReplicationGroupId().startsWith(prefix))
        .count();
  }

  void assertEachPromotedOnce() {
    assertThat(datastores)
        .allSatisfy(
            one -> assertThat(fleet.simulator.effectivePromotions(one)).as(one).isEqualTo(1));
  }
}
