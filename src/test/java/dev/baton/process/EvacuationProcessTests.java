package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Evacuations on several instances, of which some are killed. In a fleet of their own: with so many
 * Global datastores, observers read in another way, which other tests would not expect.
 */
class EvacuationProcessTests {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Fleet fleet;

  @BeforeAll
  static void start() throws IOException {
    fleet = new Fleet();
  }

  @AfterAll
  static void end() throws IOException {
    fleet.close();
  }

  @Test
  void movesEachOnceThoughEveryInstanceIsKilled() {
    var instances = fleet.running(2);
    var story = story("killed", 60).request(instances.getFirst(), Map.of("waveSize", 30));

    story.await("some have moved", _ -> story.count("SUCCEEDED") >= 5);
    instances.getFirst().kill();
    fleet.running(2);
    story.await("half have moved", _ -> story.count("SUCCEEDED") >= 31);
    instances.getLast().kill();
    fleet.running(2);

    story.awaitEnd("SUCCEEDED");
    story.assertEachPromotedOnce();
  }

  @Test
  void stopsAtTheCanaryThatFailsThoughTheInstanceIsKilled() {
    var instances = fleet.running(2);
    var story = story("canary", 10);
    fleet.simulator.inject(
        Injection.of(Fault.error(403, "AccessDenied")).about(story.datastores.getFirst()).times(1));
    story.request(instances.getFirst(), Map.of("canary", 1));

    story.await("it is paused", shown -> shown.path("status").asString("").equals("PAUSED"));
    instances.getFirst().kill();
    fleet.running(2);
    assertThat(story.calls()).isEqualTo(1);
    assertThat(story.count("NOT_STARTED")).isEqualTo(9);

    story.act(fleet.running(2).getLast(), "resume");
    story.awaitEnd("FAILED");
    story.act(fleet.running(2).getLast(), "retry");
    story.awaitEnd("SUCCEEDED");
    story.assertEachPromotedOnce();
  }

  @Test
  void staysPausedThoughTheInstanceIsKilledThatWasTold() {
    var instances = fleet.running(2);
    var story = story("paused", 40).request(instances.getFirst(), Map.of("maxConcurrent", 2));
    story.await("some have moved", _ -> story.count("SUCCEEDED") >= 2);

    story.act(instances.getLast(), "pause");
    var sent = story.calls();
    instances.getLast().kill();

    var other = fleet.running(2).getFirst();
    story.await("what was sent is over", _ -> story.count("PROMOTING") == 0);
    assertThat(story.calls()).isEqualTo(sent);
    story.act(other, "resume");
    story.awaitEnd("SUCCEEDED");
    story.assertEachPromotedOnce();
  }

  @Test
  void endsAbortedThoughTheInstanceIsKilledThatWasTold() {
    var instances = fleet.running(2);
    var story = story("aborted", 40).request(instances.getFirst(), Map.of("maxConcurrent", 2));
    story.await("some have moved", _ -> story.count("SUCCEEDED") >= 2);

    story.act(instances.getLast(), "abort");
    var sent = story.calls();
    instances.getLast().kill();

    var ended = story.awaitEnd("CANCELLED");
    assertThat(ended.path("counts").path("SUCCEEDED").asInt(0)).isEqualTo((int) sent);
    assertThat(ended.path("counts").path("CANCELLED").asInt(0)).isEqualTo(40 - (int) sent);
    assertThat(story.calls()).isEqualTo(sent);
    fleet.startMissing(2);
  }

  @Test
  void takesBackWhatItHasMovedThoughTheInstanceIsKilled() {
    var instances = fleet.running(2);
    var story =
        story("back", 20)
            .request(instances.getFirst(), Map.of("mode", "FAILOVER", "acceptDataLoss", true));
    story.awaitEnd("SUCCEEDED");

    var back =
        story.act(
            instances.getFirst(),
            "rollback",
            "{\"comment\": \"sound again\", \"mode\": \"FAILOVER\", \"acceptDataLoss\": true}");
    story.id = back.path("id").stringValue();
    story.await("some are back", _ -> story.count("SUCCEEDED") >= 2);
    instances.getFirst().kill();

    assertThat(story.awaitEnd("SUCCEEDED").path("total").asInt(0)).isEqualTo(20);
    assertThat(story.datastores)
        .allSatisfy(
            one -> assertThat(fleet.simulator.effectivePromotions(one)).as(one).isEqualTo(2));
    var members =
        JSON.readTree(
            fleet
                .running(2)
                .getLast()
                .get("/v1/evacuations/%s/failovers?limit=200".formatted(story.id), "alice")
                .body());
    assertThat(members.path("items").valueStream())
        .allMatch(one -> one.path("targetRegion").stringValue().equals(Fleet.VIRGINIA));
  }

  private EvacuationStory story(String name, int count) {
    return new EvacuationStory(fleet, "evacuated-" + name, count, PATIENCE);
  }
}
