package dev.baton.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.problem.Columns;
import dev.baton.simulator.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@BatonTest
class WatchTests {
  private static final int COLUMNS = 80;

  @Autowired private RunningBaton baton;

  @Test
  void printsEachStepAsItHappensAndStopsAtTheEnd() throws Exception {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.hold(), 1);
    var id = baton.accepted(Ask.switchover(datastore).with("reason", "drain"));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();

    var lines = new ArrayList<String>();
    try (var client = HttpClient.newHttpClient()) {
      var watch = client.send(request(id), BodyHandlers.ofLines());
      assertThat(watch.statusCode()).isEqualTo(200);
      assertThat(watch.headers().firstValue("Content-Type"))
          .hasValueSatisfying(
              type -> assertThat(type).isEqualToIgnoringCase("text/plain;charset=utf-8"));
      var heldBack = watch.body().iterator();
      lines.add(heldBack.next());
      lines.add(heldBack.next());
      // Not all at once in the end.
      assertThat(baton.failover(id).path("finishedAt").isMissingNode()).isTrue();
      baton.aws().release();
      heldBack.forEachRemaining(lines::add);
    }

    assertThat(lines.get(0)).contains("requested by alice: drain");
    assertThat(lines.get(1)).contains("SWITCHING", "call 1 goes to us-west-2");
    assertThat(lines.get(2)).contains("call 1: ");
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("[##########]", "SUCCEEDED"));
    assertFit(lines);
  }

  @Test
  void tellsInTheEndHowLongEachStepTook() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    baton.awaitEnd(id, "SUCCEEDED");

    var summary =
        watched(id, "")
            .lines()
            .dropWhile(line -> !line.isEmpty())
            .skip(1)
            .takeWhile(line -> !line.isEmpty())
            .toList();

    assertThat(summary.getFirst()).matches("SUCCEEDED after \\d+\\.\\d s");
    assertThat(summary.subList(1, summary.size()))
        .extracting(line -> line.strip().split(" +", 2)[0])
        .containsExactly("PENDING", "SWITCHING", "PROMOTING");
    assertThat(summary.subList(1, summary.size()))
        .allMatch(line -> line.matches("  \\w+ +\\d+\\.\\d s +\\d+ %( +#+)?"));
  }

  @Test
  void endsWithTheEndpointThatApplicationsAreToBePointedTo() {
    var datastore = baton.datastore();
    var id = baton.accepted(Ask.switchover(datastore));
    baton.awaitEnd(id, "SUCCEEDED");

    var lines = watched(id, "").lines().toList();

    assertThat(lines)
        .endsWith(
            "",
            "Point the applications to us-west-2:",
            "  master.%s-usw2.ldgnf.usw2.cache.amazonaws.com:6379".formatted(datastore));
    assertFit(lines);
  }

  @Test
  void isColouredOnlyWhereThatIsAskedFor() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    baton.awaitEnd(id, "SUCCEEDED");

    var plain = watched(id, "");
    var coloured = watched(id, "?color=true");

    assertThat(plain).doesNotContain("\u001b");
    assertThat(watched(id, "?color=false")).isEqualTo(plain);
    assertThat(coloured).contains("\u001b[32m[##########]  SUCCEEDED", "\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
    assertThat(baton.alice().get("/v1/failovers/" + id + "/watch?color=1").problem())
        .isEqualTo("400 /problems/invalid-request");
  }

  @Test
  void tellsWhatHasHappenedWhenItIsOver() {
    var datastore = baton.datastore();
    var id =
        baton.accepted(Ask.switchover(datastore).with("reason", "\u00e4\ud83d\ude00".repeat(100)));
    baton.awaitEnd(id, "SUCCEEDED");

    var lines = watched(id, "").lines().toList();

    var events = lines.stream().takeWhile(line -> !line.isEmpty()).toList();
    assertThat(events).hasSameSizeAs(baton.events(id));
    assertThat(events.getFirst()).endsWith("\u2026");
    assertThat(events.getLast()).contains("SUCCEEDED");
    assertFit(lines);
  }

  @Test
  void tellsOfADenial() {
    var datastore = baton.datastore();
    baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");
    var denied = baton.ask(Ask.switchover(datastore).to("eu-west-1")).json();

    var watched = watched(denied.path("failoverId").stringValue(), "");

    assertThat(watched.lines().takeWhile(line -> !line.isEmpty()).toList().getLast())
        .contains("[##########]  DENIED");
  }

  @Test
  void listsTheEventsAsTheAuditLogHasThem() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    baton.awaitEnd(id, "SUCCEEDED");

    var events = baton.events(id);

    assertThat(events.getLast().path("type").stringValue()).isEqualTo("FAILOVER_SUCCEEDED");
    assertThat(baton.audit("failover/" + id)).isEqualTo(events);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/watch"})
  void doesNotKnowAFailoverThatNobodyAskedFor(String path) {
    for (var id : List.of(UUID.randomUUID().toString(), "x")) {
      assertThat(baton.alice().get("/v1/failovers/" + id + path).problem())
          .isEqualTo("404 /problems/unknown-failover");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events", "/watch"})
  void refusesAParameterItDoesNotKnow(String path) {
    assertThat(baton.alice().get("/v1/failovers/" + UUID.randomUUID() + path + "?from=1").problem())
        .isEqualTo("400 /problems/invalid-request");
  }

  private String watched(String id, String query) {
    return baton.alice().get("/v1/failovers/" + id + "/watch" + query).http().body();
  }

  private HttpRequest request(String id) {
    var address = "http://localhost:%d/v1/failovers/%s/watch".formatted(baton.port(), id);
    var credentials =
        Base64.getEncoder().encodeToString("alice:alice".getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create(address))
        .header("Authorization", "Basic " + credentials)
        .build();
  }

  private static void assertFit(List<String> lines) {
    assertThat(lines).allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(COLUMNS));
  }
}
