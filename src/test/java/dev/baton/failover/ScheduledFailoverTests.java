package dev.baton.failover;

import static dev.baton.RunningBaton.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.StoredPolicy;
import dev.baton.security.Caller;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is to start later starts then, or not at all. */
@BatonTest
class ScheduledFailoverTests {
  private static final Duration PUNCTUAL = Duration.ofSeconds(2);

  @Autowired private RunningBaton baton;
  @Autowired private JdbcClient database;

  @Test
  void startsWithinTwoSecondsOfItsTime() {
    var datastore = baton.datastore();
    var start = Instant.now().plusSeconds(3);
    var id =
        baton.accepted(
            Ask.switchover(datastore)
                .with("scheduledFor", OffsetDateTime.ofInstant(start, ZoneOffset.ofHours(5))));
    var scheduled = baton.failover(id);
    assertThat(status(scheduled)).isEqualTo("SCHEDULED");
    assertThat(scheduled.path("explanation").stringValue()).startsWith("It starts at ");
    assertThat(at(scheduled, "startBefore"))
        .isEqualTo(at(scheduled, "scheduledFor").plus(Duration.ofMinutes(15)));
    assertThat(baton.calls(datastore)).isEmpty();

    baton.awaitEnd(id, "SUCCEEDED");
    assertThat(baton.eventTypes(id))
        .startsWith("FAILOVER_REQUESTED", "FAILOVER_DUE", "CALL_INTENDED");
    var due = Instant.parse(baton.events(id).get(1).path("occurredAt").stringValue());
    assertThat(due).isBetween(start.minusMillis(1), start.plus(PUNCTUAL));
  }

  @Test
  void isGivenAnotherTimeByWhoKnowsItAsItIs() {
    var datastore = baton.datastore();
    var id = scheduled(datastore, Instant.now().plusSeconds(3_600));
    var tag = baton.alice().get("/v1/failovers/" + id).header("ETag");
    var body = "{\"scheduledFor\": \"%s\"}".formatted(Instant.now().plusSeconds(2));

    assertProblem(patch(baton.alice(), id, body), 428, "precondition-required");
    assertProblem(
        patch(baton.alice().with("If-Match", "\"x\""), id, body), 412, "failover-changed");
    assertProblem(patch(baton.as("dave").with("If-Match", tag), id, body), 403, "forbidden");
    var moved = patch(baton.alice().with("If-Match", tag), id, body);
    assertThat(moved.status()).as(moved.http().body()).isEqualTo(200);
    assertProblem(patch(baton.alice().with("If-Match", tag), id, body), 412, "failover-changed");

    baton.awaitEnd(id, "SUCCEEDED");
    assertThat(baton.eventTypes(id)).contains("FAILOVER_RESCHEDULED");
    var late =
        patch(
            baton.alice().with("If-Match", "*"),
            id,
            "{\"scheduledFor\": \"%s\"}".formatted(Instant.now().plusSeconds(60)));
    assertProblem(late, 409, "not-reschedulable");
  }

  @Test
  void isApprovedForItsTimeAndNoOther() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton)
        .put("{name: lead, approvals: {required: 1, from: [leads], expiresAfter: PT1H}}");
    var id = scheduled(datastore, Instant.now().plusSeconds(3_600));
    assertThat(status(baton.failover(id))).isEqualTo("AWAITING_APPROVAL");
    var approved =
        baton.as("bob").post("/v1/failovers/" + id + "/approve", "{\"comment\": \"ok\"}");
    assertThat(status(approved.json())).isEqualTo("SCHEDULED");

    var moved =
        patch(
            baton.alice().with("If-Match", approved.header("ETag")),
            id,
            "{\"scheduledFor\": \"%s\"}".formatted(Instant.now().plusSeconds(7_200)));
    assertThat(status(moved.json())).isEqualTo("AWAITING_APPROVAL");
    assertThat(moved.json().at("/approvals/0/lapsedBecause").stringValue())
        .isEqualTo("it was given for another time");
  }

  @Test
  void asksPolicyForTheTimeWhenItStarts() {
    var datastore = baton.datastore();
    var later = Instant.now().plusSeconds(86_400);
    StoredPolicy.about(datastore, baton)
        .put(
            "{name: freeze, freezeWindows: [{from: %s, to: %s, zone: UTC}]}"
                .formatted(minute(later), minute(later.plusSeconds(3_600))));
    var refused =
        baton.ask(
            Ask.switchover(datastore).with("scheduledFor", later.plusSeconds(600).toString()));
    assertProblem(refused, 403, "refused-by-policy");

    var id = scheduled(datastore, later.plusSeconds(7_200));
    var tag = baton.alice().get("/v1/failovers/" + id).header("ETag");
    var moved =
        patch(
            baton.alice().with("If-Match", tag),
            id,
            "{\"scheduledFor\": \"%s\"}".formatted(later.plusSeconds(600)));
    assertProblem(moved, 403, "refused-by-policy");
    assertThat(baton.alice().get("/v1/failovers/" + id).header("ETag")).isEqualTo(tag);
  }

  @Test
  void isDeniedByAPolicyThatRefusesOnceItStarts() {
    var datastore = baton.datastore();
    var id = scheduled(datastore, Instant.now().plusSeconds(2));
    StoredPolicy.about(datastore, baton).put("{name: frozen, require: 'false'}");
    baton.awaitEnd(id, "DENIED");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void expiresIfItsTimeWasMissed() {
    var datastore = baton.datastore();
    var id = scheduled(datastore, Instant.now().plusSeconds(3_600));
    // As if nobody had been there for two hours.
    database
        .sql(
            """
            update failover set scheduled_for = scheduled_for - interval '2 hours',
              start_before = start_before - interval '2 hours' where id = ?::uuid
            """)
        .param(id)
        .update();

    var expired = baton.awaitEnd(id, "EXPIRED");
    assertThat(expired.path("explanation").stringValue())
        .contains("it was to start at", "and Baton did not come to that before");
  }

  @Test
  void isCancelled() {
    var datastore = baton.datastore();
    var id = scheduled(datastore, Instant.now().plusSeconds(3_600));
    var cancelled =
        baton.alice().post("/v1/failovers/" + id + "/cancel", "{\"comment\": \"not needed\"}");
    assertThat(status(cancelled.json())).isEqualTo("CANCELLED");
    baton.accepted(Ask.switchover(datastore));
  }

  @Test
  void givesWayToARescueThatGoesAheadAtOnce() {
    var datastore = baton.datastore();
    var id =
        baton.accepted(
            Ask.failover(datastore)
                .with("scheduledFor", Instant.now().plusSeconds(3_600).toString()));
    assertProblem(baton.ask(Ask.switchover(datastore)), 409, "failover-in-progress");
    assertProblem(
        baton.ask(
            Ask.failover(datastore).with("scheduledFor", Instant.now().plusSeconds(60).toString())),
        409,
        "failover-in-progress");
    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");
    assertThat(status(baton.failover(id))).isEqualTo("CANCELLED");
  }

  @Test
  void refusesTimesThatMakeNoSense() {
    var datastore = baton.datastore();
    var now = Instant.now();
    for (var ask :
        List.of(
            Ask.switchover(datastore).with("scheduledFor", now.minusSeconds(1).toString()),
            Ask.switchover(datastore).with("scheduledFor", now.plusSeconds(8_640_000).toString()),
            Ask.switchover(datastore).with("scheduledFor", "2027-01-01T03:00:00"),
            Ask.switchover(datastore)
                .with("scheduledFor", now.plusSeconds(60).toString())
                .with("startBefore", now.plusSeconds(30).toString()))) {
      assertProblem(baton.ask(ask), 400, "invalid-request");
    }
  }

  private String scheduled(String datastore, Instant at) {
    return baton.accepted(Ask.switchover(datastore).with("scheduledFor", at.toString()));
  }

  private static Caller.Answer patch(Caller caller, String id, String body) {
    return caller
        .with("Content-Type", "application/json")
        .send("PATCH", "/v1/failovers/" + id, BodyPublishers.ofString(body));
  }

  private static void assertProblem(Caller.Answer answer, int status, String slug) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.json().path("type").stringValue()).isEqualTo("/problems/" + slug);
  }

  private static Instant at(JsonNode failover, String field) {
    return Instant.parse(failover.path(field).stringValue());
  }

  private static String minute(Instant at) {
    return at.toString().substring(0, 16);
  }
}
