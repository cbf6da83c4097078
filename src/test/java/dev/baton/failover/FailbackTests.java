package dev.baton.failover;

import static dev.baton.RunningBaton.IRELAND;
import static dev.baton.RunningBaton.OREGON;
import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way back is the reverse of the way there, while it is that. */
@BatonTest
class FailbackTests {
  private static final String FAILOVER =
      "{\"comment\": \"it is sound again\", \"mode\": \"FAILOVER\", \"acceptDataLoss\": true";

  @Autowired private RunningBaton baton;
  @Autowired private JdbcClient database;

  @Test
  void goesBackToWhereThePrimaryWas() {
    var datastore = baton.datastore();
    var id = failedOver(datastore);
    var back = failback(id, FAILOVER + "}");
    assertThat(back.status()).as(back.http().body()).isEqualTo(202);
    assertThat(back.json().path("failbackOf").stringValue()).isEqualTo(id);
    assertThat(back.json().path("sourceRegion").stringValue()).isEqualTo(OREGON);
    assertThat(back.json().path("targetRegion").stringValue()).isEqualTo(VIRGINIA);
    assertThat(back.json().path("targetReplicationGroupId").stringValue())
        .isEqualTo(datastore + "-use1");
    assertThat(back.json().path("expectedPrimaryRegion").stringValue()).isEqualTo(OREGON);
    assertThat(back.json().path("reason").stringValue()).isEqualTo("it is sound again");
    var backId = back.json().path("id").stringValue();
    baton.awaitEnd(backId, "SUCCEEDED");

    refused(failback(backId, FAILOVER + "}"), "it is itself the failback of " + id);
    refused(
        failback(id, FAILOVER + "}"), "the primary has moved since, from us-west-2 to us-east-1");
  }

  @Test
  void answersARepeatedRequestAsBefore() {
    var id = failedOver(baton.datastore());
    var caller = baton.alice().with("Idempotency-Key", "back-" + id);
    var path = "/v1/failovers/" + id + "/failback";
    var first = caller.post(path, FAILOVER + "}");
    var again = caller.post(path, FAILOVER + "}");
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    var other = failedOver(baton.datastore());
    assertThat(caller.post("/v1/failovers/" + other + "/failback", FAILOVER + "}").status())
        .isEqualTo(422);
  }

  @Test
  void showsWhatItWouldComeTo() {
    var id = failedOver(baton.datastore());
    var shown = baton.alice().post("/v1/failovers/" + id + "/failback?dryRun=true", FAILOVER + "}");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().at("/awsCall/parameters/PrimaryRegion").stringValue())
        .isEqualTo(VIRGINIA);
    assertThat(shown.json().path("decision").path("rules").toString())
        .contains("\"policy\":\"failback\"");
  }

  @Test
  void waitsUntilItHasSoaked() {
    var id = failedOver(baton.datastore());
    var refused = failback(id, FAILOVER + ", \"soak\": \"PT1H\"}");
    assertThat(refused.status()).isEqualTo(403);
    var soak = refused.json().at("/refusals/0");
    assertThat(soak.path("policy").stringValue()).isEqualTo("failback");
    assertThat(soak.path("rule").stringValue()).isEqualTo("soak");
    assertThat(soak.path("remedy").stringValue()).contains("scheduledFor");
    var later = Instant.now().plusSeconds(3_700);
    var scheduled =
        failback(id, FAILOVER + ", \"soak\": \"PT1H\", \"scheduledFor\": \"%s\"}".formatted(later));
    assertThat(scheduled.status()).as(scheduled.http().body()).isEqualTo(202);
    assertThat(scheduled.json().path("status").stringValue()).isEqualTo("SCHEDULED");
  }

  @Test
  void demandsATargetThatIsReadyAndNotFarBehind() {
    var datastore = baton.datastore();
    var id = failedOver(datastore);
    baton.aws().replicationLag(datastore, 45);
    var refused = failback(id, "{\"comment\": \"it is sound again\"}");
    assertThat(refused.status()).as(refused.http().body()).isEqualTo(403);
    assertThat(refused.json().path("refusals").toString())
        .contains("\"policy\":\"failback\"", "\"rule\":\"replication-lag\"");
  }

  @Test
  void refusesOnceTheWorldHasMovedOn() {
    var moved = baton.datastore();
    var movedId = failedOver(moved);
    baton.promoteWithoutBaton(moved, IRELAND, "euw1");
    awaitRecorded(moved, IRELAND);
    refused(failback(movedId, FAILOVER + "}"), "to eu-west-1, without Baton");

    var gone = baton.datastore();
    var goneId = failedOver(gone);
    baton
        .aws()
        .replace(
            SimulatedDatastore.of(
                gone,
                Member.primary(gone + "-usw2", OREGON),
                Member.secondary(gone + "-euw1", IRELAND)));
    refused(failback(goneId, FAILOVER + "}"), "has no member in us-east-1 any more");
  }

  @Test
  void refusesWhatHasMovedNothing() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.error(400, "InvalidParameterValue"), 1);
    var failed = baton.accepted(Ask.failover(datastore));
    baton.awaitEnd(failed, "FAILED");
    refused(failback(failed, FAILOVER + "}"), "it has not moved the primary");

    var waiting =
        baton.accepted(
            Ask.failover(baton.datastore())
                .with("scheduledFor", Instant.now().plusSeconds(3_600).toString()));
    refused(failback(waiting, FAILOVER + "}"), "it is SCHEDULED");
  }

  @Test
  void namesAllThatIsWrong() {
    var id = failedOver(baton.datastore());
    var answer =
        failback(id, "{\"mode\": \"DETACH\", \"soak\": \"P99Y\", \"targetRegion\": \"us-east-1\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(
            answer
                .json()
                .path("violations")
                .valueStream()
                .map(it -> it.path("field").stringValue()))
        .contains("mode", "soak", "comment", "targetRegion", "acceptDataLoss");
  }

  private String failedOver(String datastore) {
    var id = baton.accepted(Ask.failover(datastore));
    baton.awaitEnd(id, "SUCCEEDED");
    return id;
  }

  private Caller.Answer failback(String id, String body) {
    return baton.alice().post("/v1/failovers/" + id + "/failback", body);
  }

  private static void refused(Caller.Answer answer, String why) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(409);
    assertThat(answer.json().path("type").stringValue()).isEqualTo("/problems/failback-refused");
    assertThat(answer.json().path("detail").stringValue()).contains(why);
  }

  private void awaitRecorded(String datastore, String region) {
    Awaitility.await()
        .atMost(RunningBaton.PATIENCE.multipliedBy(2))
        .until(() ->
            database
                .sql(
                    """
                    select count(*) = 1 from recorded_primary
                    where global_replication_group_id = ? and region = ?
                    """)
                .params(datastore, region)
                .query(Boolean.class)
                .single());
  }
}
