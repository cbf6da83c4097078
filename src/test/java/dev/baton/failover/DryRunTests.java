package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@BatonTest
class DryRunTests {
  /** Written to by observers, whoever asks for what. */
  private static final List<String> OBSERVED = List.of("observation", "recorded_primary");

  @Autowired private RunningBaton baton;
  @Autowired private JdbcClient database;

  @Test
  void showsWhatTheRealRequestThenDoes() {
    var datastore = baton.datastore();

    var shown = dryRun(Ask.switchover(datastore));
    var id = baton.accepted(Ask.switchover(datastore));

    var failover = baton.awaitEnd(id, "SUCCEEDED");
    for (var field :
        List.of(
            "accountId",
            "globalReplicationGroupId",
            "mode",
            "sourceRegion",
            "targetRegion",
            "targetReplicationGroupId")) {
      assertThat(shown.path(field).asString()).as(field).isNotEmpty();
      assertThat(shown.path(field)).as(field).isEqualTo(failover.path(field));
    }
    assertThat(rules(shown)).isNotEmpty().isEqualTo(rules(failover));
    var intended =
        baton.events(id).stream()
            .filter(event -> event.path("type").stringValue().equals("CALL_INTENDED"))
            .findFirst()
            .orElseThrow()
            .path("data");
    for (var field : List.of("action", "region", "parameters")) {
      assertThat(shown.path("awsCall").path(field)).as(field).isEqualTo(intended.path(field));
    }
    assertThat(shown.has("takesPlaceOf")).isFalse();
  }

  @Test
  void storesNothingAndCallsNothing() {
    var datastore = baton.datastore();
    var before = rows();

    var first = dryRun(Ask.switchover(datastore));
    var answer =
        baton
            .alice()
            .with("Idempotency-Key", datastore)
            .post("/v1/failovers?dryRun=true", Ask.failover(datastore).json());

    assertThat(first.path("decision").path("outcome").stringValue()).isEqualTo("PASSED");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(rows()).isEqualTo(before);
    assertThat(baton.calls(datastore)).isEmpty();
    var listed = baton.alice().get("/v1/failovers?globalReplicationGroupId=" + datastore);
    assertThat(listed.json().path("items").isEmpty()).isTrue();
  }

  @Test
  void storesNoRefusalEither() {
    var datastore = baton.datastore();
    baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");
    var ask = Ask.switchover(datastore).to(RunningBaton.IRELAND);
    var before = rows();

    var shown = dryRun(ask);

    assertThat(rows()).isEqualTo(before);
    assertThat(shown.path("decision").path("outcome").stringValue()).isEqualTo("REFUSED");
    var denied = baton.ask(ask);
    assertThat(denied.problem()).isEqualTo("403 /problems/refused-by-policy");
    var refused = denied.json().path("refusals").valueStream().map(DryRunTests::named).toList();
    assertThat(
            shown
                .path("decision")
                .path("rules")
                .valueStream()
                .filter(rule -> rule.path("outcome").stringValue().equals("REFUSED"))
                .map(DryRunTests::named)
                .toList())
        .isNotEmpty()
        .isEqualTo(refused);
  }

  @Test
  void showsHowFarTheTargetIsBehindAndWhatThatMayCost() {
    var datastore = baton.datastore();
    baton.aws().replicationLag(datastore, 1.25);

    var shown = dryRun(Ask.failover(datastore));

    assertThat(shown.path("replicationLag").path("seconds").doubleValue()).isEqualTo(1.25);
    assertThat(Instant.parse(shown.path("replicationLag").path("measuredAt").stringValue()))
        .isBefore(Instant.now());
    assertThat(shown.path("expectedDataLoss").path("seconds").doubleValue()).isEqualTo(1.25);
    assertThat(shown.path("expectedDataLoss").path("explanation").stringValue())
        .contains("1.25 s", "may be lost");
  }

  @Test
  void neverTakesAnUnknownLagForNone() {
    var datastore = baton.datastore();
    baton.aws().noReplicationLag(datastore);

    var shown = dryRun(Ask.failover(datastore));

    for (var field : List.of("replicationLag", "expectedDataLoss")) {
      assertThat(shown.path(field).has("seconds")).as(field).isFalse();
      assertThat(shown.path(field).path("explanation").stringValue()).startsWith("Unknown");
    }
  }

  @Test
  void isTurnedAwayAsTheRealRequestIs() throws InterruptedException {
    var idle = baton.datastore();
    var busy = baton.datastore();
    baton.strike(busy, Fault.hold(), 1);
    var underWay = baton.accepted(Ask.switchover(busy));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();

    for (var ask :
        List.of(
            Ask.switchover(idle).without("reason"),
            Ask.switchover(RunningBaton.newId()),
            Ask.switchover(idle).to(RunningBaton.VIRGINIA),
            Ask.switchover(idle).with("expectedPrimaryRegion", RunningBaton.IRELAND),
            Ask.switchover(idle).with("targetReplicationGroupId", "another"),
            Ask.switchover(busy).to(RunningBaton.IRELAND))) {
      var dry = baton.alice().post("/v1/failovers?dryRun=true", ask.json());
      var real = baton.ask(ask);
      assertThat(dry.status()).isBetween(400, 499);
      assertThat(dry.http().body()).isEqualTo(real.http().body());
    }

    baton.aws().release();
    baton.awaitEnd(underWay, "SUCCEEDED");
  }

  @Test
  void namesTheSwitchoverWhosePlaceItWouldTake() {
    var datastore = baton.datastore();
    // after three the next one is some seconds away
    baton.strike(datastore, Fault.throttle(), 1_000);
    var waiting = baton.accepted(Ask.switchover(datastore));
    await().until(() -> baton.calls(datastore).size() == 3);
    baton.await(waiting, "PENDING");

    var shown = dryRun(Ask.failover(datastore));

    assertThat(shown.path("takesPlaceOf").stringValue()).isEqualTo(waiting);
    assertThat(RunningBaton.status(baton.failover(waiting))).isEqualTo("PENDING");
    baton.awaitEnd(
        baton.accepted(
            Ask.failover(datastore).with("startBefore", Instant.now().plusSeconds(2).toString())),
        "EXPIRED");
  }

  @Test
  void estimatesByPastPromotionsAndSaysWhich() {
    var datastore = baton.datastore();
    for (var target : List.of(RunningBaton.OREGON, RunningBaton.VIRGINIA, RunningBaton.IRELAND)) {
      var before = dryRun(Ask.failover(datastore).to(target)).path("eta");
      baton.awaitEnd(baton.accepted(Ask.failover(datastore).to(target)), "SUCCEEDED");
      assertThat(before.path("basis").stringValue())
          .satisfiesAnyOf(
              basis -> assertThat(basis).contains("in this account"),
              basis -> assertThat(basis).contains("No promotion is on record"));
    }

    var eta = dryRun(Ask.failover(datastore).to(RunningBaton.OREGON)).path("eta");

    assertThat(eta.path("promotions").intValue()).isEqualTo(3);
    assertThat(eta.path("basis").stringValue())
        .contains("the last 3 promotions of this Global datastore");
    assertThat(eta.path("seconds").doubleValue()).isBetween(0.4, 10.0);
    assertThat(eta.path("ninetiethPercentileSeconds").doubleValue())
        .isGreaterThanOrEqualTo(eta.path("seconds").doubleValue());
  }

  private JsonNode dryRun(Ask ask) {
    Caller.Answer answer = baton.alice().post("/v1/failovers?dryRun=true", ask.json());
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> rules(JsonNode decided) {
    return decided.path("decision").path("rules").valueStream().map(DryRunTests::named).toList();
  }

  private static String named(JsonNode rule) {
    return rule.path("rule").stringValue() + " " + rule.path("outcome").stringValue();
  }

  /** But those of what is over: a task goes a moment later, and may be one of another test. */
  private int tasks() {
    return database
        .sql(
            """
            select count(*) from scheduled_tasks task
            where not exists (
              select from failover
              where task.task_name = 'failover' and failover.id::text = task.task_instance
                and failover.finished_at is not null)
            """)
        .query(Integer.class)
        .single();
  }

  private Map<String, Integer> rows() {
    var rows = new TreeMap<String, Integer>();
    for (var table :
        database
            .sql("select tablename from pg_tables where schemaname = 'public'")
            .query(String.class)
            .list()) {
      if (OBSERVED.stream().noneMatch(table::startsWith)) {
        rows.put(
            table, database.sql("select count(*) from " + table).query(Integer.class).single());
      }
    }
    rows.put("scheduled_tasks", tasks());
    assertThat(rows).containsKeys("failover", "audit_entry", "idempotency_key", "scheduled_tasks");
    return rows;
  }
}
