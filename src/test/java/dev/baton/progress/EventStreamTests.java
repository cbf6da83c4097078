package dev.baton.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BatonTest
class EventStreamTests {
  private static final String SSE = "text/event-stream";

  @Autowired private RunningBaton baton;

  @Test
  void tellsEachEventAsItHappensAndEndsWithTheLast() throws Exception {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.hold(), 1);
    var id = baton.accepted(Ask.switchover(datastore));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();

    List<JsonNode> told = new ArrayList<>();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request(id), BodyHandlers.ofLines());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue(SSE);
      assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
      var lines = answer.body().iterator();
      told.add(nextEvent(lines));
      told.add(nextEvent(lines));
      assertThat(types(told)).containsExactly("FAILOVER_REQUESTED", "CALL_INTENDED");
      baton.aws().release();
      lines.forEachRemaining(line -> {
        if (line.startsWith("data: ")) {
          told.add(data(line));
        }
      });
    }

    assertThat(told).isEqualTo(baton.events(id));
    assertThat(types(told)).endsWith("FAILOVER_SUCCEEDED");
  }

  @Test
  void tellsAtOnceWhatHasHappenedThoughNothingElseDoesForHours() {
    var start = Instant.now().plus(Duration.ofHours(3)).toString();
    var id = baton.accepted(Ask.switchover(baton.datastore()).with("scheduledFor", start));

    var told =
        assertTimeoutPreemptively(
            RunningBaton.PATIENCE,
            () -> {
              try (var client = HttpClient.newHttpClient()) {
                var answer = client.send(request(id), BodyHandlers.ofLines());
                var first = nextEvent(answer.body().iterator());
                client.shutdownNow();
                return first;
              }
            });

    assertThat(types(List.of(told))).containsExactly("FAILOVER_REQUESTED");
  }

  @Test
  void goesOnAfterTheLastEventThatIsKnown() {
    var id = finished();
    var events = baton.events(id);

    var all = stream(id, "0").http().body();
    var rest = stream(id, "2").http().body();

    assertThat(data(all.lines().toList())).isEqualTo(events);
    assertThat(ids(all).getFirst()).isEqualTo("1");
    assertThat(data(rest.lines().toList())).isEqualTo(events.subList(2, events.size()));
    assertThat(ids(rest).getFirst()).isEqualTo("3");
  }

  @Test
  void tellsWhoKnowsTheLastEventNotToConnectAgain() {
    var id = finished();

    var answer = stream(id, Integer.toString(baton.events(id).size()));

    assertThat(answer.status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "9999999999999999999999", "0x1", "1000"})
  void refusesTheIdOfAnEventThatIsNotOfThisStream(String lastEvent) {
    var answer = stream(finished(), lastEvent);

    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
    assertThat(answer.json().path("violations").get(0).path("field").stringValue())
        .isEqualTo("Last-Event-ID");
  }

  @Test
  void showsAListToWhoDoesNotAskForAStream() {
    var id = finished();
    for (var accept : List.of("*/*", "application/json", "application/json, " + SSE)) {
      var answer = baton.alice().with("Accept", accept).get(path(id));
      assertThat(answer.header("Content-Type")).as(accept).isEqualTo("application/json");
      assertThat(answer.json().path("items").valueStream().toList()).isEqualTo(baton.events(id));
    }
    var streamed = baton.alice().with("Accept", SSE + ", application/json;q=0.5").get(path(id));
    assertThat(streamed.header("Content-Type")).isEqualTo(SSE);
  }

  @Test
  void doesNotKnowAFailoverThatNobodyAskedFor() {
    assertThat(stream(UUID.randomUUID().toString(), "0").problem())
        .isEqualTo("404 /problems/unknown-failover");
  }

  private String finished() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    baton.awaitEnd(id, "SUCCEEDED");
    return id;
  }

  private Caller.Answer stream(String id, String lastEvent) {
    return baton.alice().with("Accept", SSE).with("Last-Event-ID", lastEvent).get(path(id));
  }

  private static String path(String id) {
    return "/v1/failovers/%s/events".formatted(id);
  }

  private HttpRequest request(String id) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + baton.port() + path(id)))
            .header("Accept", SSE);
    baton.alice().headers().forEach(request::header);
    return request.build();
  }

  private static JsonNode nextEvent(Iterator<String> lines) {
    while (true) {
      var line = lines.next();
      if (line.startsWith("data: ")) {
        return data(line);
      }
    }
  }

  private static List<JsonNode> data(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("data: "))
        .map(EventStreamTests::data)
        .toList();
  }

  private static JsonNode data(String line) {
    return JsonMapper.shared().readTree(line.substring("data: ".length()));
  }

  private static List<String> ids(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("id: "))
        .map(id -> id.substring(4))
        .toList();
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.path("type").stringValue()).toList();
  }
}
