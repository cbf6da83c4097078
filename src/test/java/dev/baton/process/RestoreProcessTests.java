package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import dev.baton.simulator.Simulator;
import dev.baton.simulator.SimulatorSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A database that was restored from an older copy leads to no call that nobody wants any more. */
class RestoreProcessTests {
  private static final String FAIL_OVER = "FailoverGlobalReplicationGroup";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> DATASTORES = List.of("back", "later", "held", "cancelled");

  private TestDatabase database;
  private Simulator aws;
  private BatonProcess baton;
  private int started;

  @BeforeEach
  void setUp() throws IOException {
    database = TestDatabase.start();
    database.copy("template1", "baton");
    aws = Simulator.start(SimulatorSettings.local().withPromotionPlan(Fleet.QUICK));
    for (var name : DATASTORES) {
      aws.add(
          SimulatedDatastore.of(
              id(name),
              Member.primary(name + "-use1", Fleet.VIRGINIA),
              Member.secondary(name + "-usw2", Fleet.OREGON)));
    }
  }

  @AfterEach
  void tearDown() throws IOException {
    baton.kill();
    aws.close();
    database.close();
  }

  @Test
  void sendsNothingUntilAPersonLetsItAndTellsWhatIsOtherwise() throws Exception {
    start(Map.of());
    var there = request("back", Fleet.OREGON);
    awaitStatus(there, "SUCCEEDED");
    awaitRecorded();
    // As the copy has them: one call was being made, and two had not had any effect yet.
    aws.inject(Injection.of(Fault.throttle()).on(FAIL_OVER).about(id("later")).times(1_000));
    aws.inject(Injection.of(Fault.throttle()).on(FAIL_OVER).about(id("cancelled")).times(1_000));
    aws.inject(Injection.of(Fault.hold()).on(FAIL_OVER).about(id("held")));
    var later = request("later", Fleet.OREGON);
    var cancelled = request("cancelled", Fleet.OREGON);
    var held = request("held", Fleet.OREGON);
    assertThat(aws.awaitHeld(PATIENCE)).isTrue();
    await().atMost(PATIENCE).until(() -> calls("later") > 0 && calls("cancelled") > 0);
    baton.kill();
    database.copy("baton", "copy");

    // What happens then, and is lost with the database.
    start(Map.of());
    awaitCancelled(cancelled);
    aws.clearFaults();
    aws.release();
    awaitStatus(later, "SUCCEEDED");
    awaitStatus(held, "SUCCEEDED");
    awaitStatus(request("back", Fleet.VIRGINIA), "SUCCEEDED");
    baton.kill();
    database.copy("copy", "baton");
    var sent = calls();

    start(Map.of("BATON_HOLDS_START_CLOSED", "true"));
    var differences = awaitComparison().path("data").path("differences");
    assertThat(differences.valueStream().map(RestoreProcessTests::shown))
        .containsExactlyInAnyOrder(
            "PROMOTION_WITHOUT_ENTRY ldgnf-back",
            "PROMOTION_WITHOUT_ENTRY ldgnf-held",
            "PROMOTION_WITHOUT_ENTRY ldgnf-later",
            "FAILOVER_UNFINISHED ldgnf-later TARGET_IS_PRIMARY",
            "FAILOVER_UNFINISHED ldgnf-held TARGET_IS_PRIMARY");
    awaitStatus(later, "SUCCEEDED");
    awaitStatus(held, "SUCCEEDED");
    await()
        .atMost(PATIENCE)
        .until(
            () -> get("/v1/failovers/" + cancelled).path("explanation").stringValue(),
            words -> words.contains("Baton was started closed"));
    assertThat(get("/v1/failovers/" + cancelled).path("status").stringValue()).isEqualTo("PENDING");
    assertThat(calls()).as("nothing is sent").isEqualTo(sent);

    var hold = get("/v1/holds").at("/items/0/id").stringValue();
    baton.delete("/v1/holds/%s?comment=compared".formatted(hold), "frank");
    awaitStatus(cancelled, "SUCCEEDED");
    assertThat(calls()).isEqualTo(sent + 1);
  }

  private void start(Map<String, String> more) {
    var environment =
        new HashMap<>(
            Map.of(
                "SPRING_PROFILES_ACTIVE",
                "local",
                "SPRING_DATASOURCE_URL",
                database.url("baton"),
                "SPRING_DATASOURCE_USERNAME",
                TestDatabase.USER,
                "SPRING_DATASOURCE_PASSWORD",
                "",
                "BATON_AWS_ENDPOINT",
                aws.endpoint().toString()));
    environment.putAll(more);
    baton =
        BatonProcess.start(
            "restored-" + ++started,
            environment,
            List.of(
                "--baton.aws.call-timeout=3s",
                "--baton.failover.send-within=4s",
                "--baton.failover.lands-margin=1s",
                "--baton.failover.resend-settling=3s"));
    baton.awaitUp();
  }

  private String request(String name, String target) {
    var answer =
        post(
            "/v1/failovers",
            "alice",
            """
            {"globalReplicationGroupId": "%s", "targetRegion": "%s", "mode": "FAILOVER",
             "acceptDataLoss": true, "reason": "drain"}
            """
                .formatted(id(name), target));
    return answer.path("id").stringValue();
  }

  /** AWS is asked again and again, and while it is there is nothing that could be cancelled. */
  private void awaitCancelled(String id) {
    var path = "/v1/failovers/" + id + "/cancel";
    await()
        .alias(id + " is cancelled between two calls")
        .atMost(PATIENCE)
        .until(() -> {
          var answer = baton.post(path, "alice", "{\"comment\": \"not needed\"}");
          assertThat(answer.statusCode()).as(answer.body()).isIn(200, 409);
          return answer.statusCode() == 200;
        });
  }

  private JsonNode post(String path, String user, String body) {
    var answer = baton.post(path, user, body);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JsonMapper.shared().readTree(answer.body());
  }

  private JsonNode get(String path) {
    return JsonMapper.shared().readTree(baton.get(path, "alice").body());
  }

  private void awaitStatus(String id, String status) {
    await()
        .alias(id + " becomes " + status)
        .atMost(PATIENCE)
        .until(() -> get("/v1/failovers/" + id).path("status").stringValue().equals(status));
  }

  private void awaitRecorded() {
    await()
        .atMost(PATIENCE)
        .until(() ->
            database.rowsOf("baton", "select region from recorded_primary").size()
                == DATASTORES.size());
  }

  private JsonNode awaitComparison() {
    var path = "/v1/audit?type=START_COMPARED&limit=200";
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                JsonMapper.shared()
                    .readTree(baton.get(path, "carol").body())
                    .path("items")
                    .valueStream()
                    .filter(entry -> !entry.at("/data/differences").isEmpty())
                    .reduce((_, last) -> last),
            Optional::isPresent)
        .orElseThrow();
  }

  private static String shown(JsonNode difference) {
    return "%s %s %s"
        .formatted(
            difference.path("kind").stringValue(),
            difference.path("globalReplicationGroupId").stringValue(),
            difference.path("shows").asString(""))
        .strip();
  }

  private int calls() {
    return (int) aws.calls().stream().filter(call -> call.action().equals(FAIL_OVER)).count();
  }

  private long calls(String name) {
    return aws.calls().stream()
        .filter(call -> call.action().equals(FAIL_OVER))
        .filter(call -> call.globalReplicationGroupId().equals(id(name)))
        .count();
  }

  private static String id(String name) {
    return "ldgnf-" + name;
  }
}
