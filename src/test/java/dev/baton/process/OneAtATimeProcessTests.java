package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** At most one failover of a datastore, whichever instances are asked, however often. */
@ExtendWith(FleetExtension.class)
class OneAtATimeProcessTests {
  private static final int REQUESTS = 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Fleet fleet;

  OneAtATimeProcessTests(Fleet fleet) {
    this.fleet = fleet;
  }

  @Test
  void acceptsOneOfManyRequestsAndNamesItToTheOthers() throws Exception {
    var instances = fleet.running(2);
    var datastore = fleet.datastore("wanted");
    var answers = askAtOnce(instances, datastore, Map.of());

    var accepted = answers.stream().filter(answer -> answer.statusCode() == 202).toList();
    assertThat(accepted).hasSize(1);
    var id = JSON.readTree(accepted.getFirst().body()).get("id").asString();
    assertThat(answers)
        .filteredOn(answer -> answer != accepted.getFirst())
        .hasSize(REQUESTS - 1)
        .allSatisfy(answer -> {
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
          assertThat(JSON.readTree(answer.body()).get("failoverId").asString()).isEqualTo(id);
        });
    assertThat(fleet.database.failoversOf(datastore)).isEqualTo(1);
    var story = new Story(fleet, datastore, id);
    story.awaitStatus("SUCCEEDED", instances.getLast()).assertPromotedOnce(instances.getFirst());
    assertThat(story.calls()).hasSize(1);
  }

  @Test
  void acceptsOnceWhatIsRepeatedUnderOneKeyAtSeveralInstances() throws Exception {
    var instances = fleet.running(2);
    var datastore = fleet.datastore("repeated");
    var key = Map.of("Idempotency-Key", "repeated-at-several-instances");

    var answers = askAtOnce(instances, datastore, key);

    var accepted = answers.stream().filter(answer -> answer.statusCode() == 202).toList();
    assertThat(accepted).isNotEmpty();
    var first = accepted.getFirst().body();
    assertThat(accepted).extracting(HttpResponse::body).containsOnly(first);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() != 202)
        .allSatisfy(answer ->
            assertThat(answer.body())
                .contains("\"status\":409", "/problems/idempotency-key-in-use"));
    for (var instance : instances) {
      var again = instance.post("/v1/failovers", "alice", Story.request(datastore), key);
      assertThat(again.statusCode()).isEqualTo(202);
      assertThat(again.body()).isEqualTo(first);
    }
    assertThat(fleet.database.failoversOf(datastore)).isEqualTo(1);
    var story = new Story(fleet, datastore, JSON.readTree(first).get("id").asString());
    story.awaitStatus("SUCCEEDED", instances.getLast()).assertPromotedOnce(instances.getFirst());
  }

  private static List<HttpResponse<String>> askAtOnce(
      List<BatonProcess> instances, String datastore, Map<String, String> headers)
      throws Exception {
    var ready = new CountDownLatch(REQUESTS);
    List<Future<HttpResponse<String>>> asked = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < REQUESTS; number++) {
        var instance = instances.get(number % instances.size());
        asked.add(
            executor.submit(() -> {
              ready.countDown();
              ready.await();
              return instance.post("/v1/failovers", "alice", Story.request(datastore), headers);
            }));
      }
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (var one : asked) {
        answers.add(one.get());
      }
      return answers;
    }
  }
}
