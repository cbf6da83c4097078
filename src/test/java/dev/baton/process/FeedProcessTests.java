package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** Whichever instance carries a failover out, it can be followed at any. */
@ExtendWith(FleetExtension.class)
class FeedProcessTests {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Fleet fleet;

  FeedProcessTests(Fleet fleet) {
    this.fleet = fleet;
  }

  @AfterEach
  void letGo() {
    fleet.simulator.clearFaults();
  }

  @Test
  void tellsTheSameEventsAtEveryInstanceUntilTheEnd() throws Exception {
    var instances = fleet.running(2);
    var story = held("followed");
    var streams = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (var instance : instances) {
      streams.add(
          CompletableFuture.supplyAsync(() ->
              instance.get(
                  path(story) + "/events", "alice", Map.of("Accept", "text/event-stream"))));
    }

    fleet.simulator.release();

    List<String> told = new ArrayList<>();
    for (var stream : streams) {
      told.add(
          stream.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).body().replaceAll("(?m)^:.*\n\n", ""));
    }
    assertThat(told.getFirst()).contains("\"FAILOVER_SUCCEEDED\"");
    assertThat(told).containsOnly(told.getFirst());
    story.assertPromotedOnce(instances.getFirst());
  }

  @Test
  void tellsWhoFollowsToConnectAgainWhenItStops() throws Exception {
    var instance = fleet.running(2).getLast();
    var story = held("left");
    var stream =
        CompletableFuture.supplyAsync(() ->
            instance.get(path(story) + "/events", "alice", Map.of("Accept", "text/event-stream")));
    await().atMost(PATIENCE).until(() -> followers(instance) == 1);

    instance.end(PATIENCE);

    assertThat(stream.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).body())
        .contains("CALL_INTENDED")
        .endsWith(": no more from this instance; connect again\n\n");
  }

  @Test
  void hasNewsForThoseWhoWaitAtEveryInstance() throws Exception {
    var instances = fleet.running(2);
    var story = held("awaited");
    var tag =
        instances.getFirst().get(path(story), "alice").headers().firstValue("ETag").orElseThrow();
    var polls = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (var instance : instances) {
      var headers = Map.of("If-None-Match", tag, "Prefer", "wait=25");
      polls.add(CompletableFuture.supplyAsync(() -> instance.get(path(story), "alice", headers)));
    }

    fleet.simulator.release();

    for (var poll : polls) {
      var news = poll.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(news.statusCode()).as(news.body()).isEqualTo(200);
      assertThat(news.headers().firstValue("ETag")).get().isNotEqualTo(tag);
    }
    story.awaitStatus("SUCCEEDED", instances.getLast());
  }

  /** One whose call is with AWS, which has not answered yet. */
  private Story held(String name) throws InterruptedException {
    var datastore = fleet.datastore(name);
    fleet.simulator.inject(
        Injection.of(Fault.hold()).on("FailoverGlobalReplicationGroup").about(datastore));
    var story = Story.begin(fleet, fleet.running(2).getFirst(), datastore);
    assertThat(fleet.simulator.awaitHeld(PATIENCE)).isTrue();
    return story;
  }

  private static int followers(BatonProcess instance) {
    var metric = instance.get("/actuator/metrics/baton.audit.followers", "frank").body();
    return JsonMapper.shared().readTree(metric).path("measurements").path(0).path("value").asInt();
  }

  private static String path(Story story) {
    return "/v1/failovers/" + story.id();
  }
}
