package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import dev.baton.simulator.Darkness;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import dev.baton.simulator.PromotionPlan;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The way out where AWS can't promote: the target leaves and takes writes by itself. */
@BatonTest
class DetachTests {
  private static final String DETACH = "DisassociateGlobalReplicationGroup";

  @Autowired private RunningBaton baton;

  @Test
  void isDoneWhenTheTargetStandsAlone() {
    var datastore = baton.datastore();

    var id = accepted(Ask.detach(datastore));
    var ended = baton.awaitEnd(id, "SUCCEEDED");

    assertThat(ended.path("effect").stringValue()).isEqualTo("DETACHED");
    assertThat(ended.path("newPrimary").path("region").stringValue()).isEqualTo("us-west-2");
    assertThat(ended.path("attempts").get(0).path("action").stringValue()).isEqualTo(DETACH);
    assertThat(ended.path("explanation").stringValue())
        .contains(datastore + "-usw2", "takes writes by itself", "To rebuild", "us-east-1");
    assertThat(calls(datastore)).isEqualTo(1);
    assertThat(baton.aws().effectivePromotions(datastore)).isZero();
    assertThat(baton.alice().get("/v1/failovers/" + id + "/watch").http().body())
        .containsPattern("SUCCEEDED +the target has left")
        .contains(datastore + "-usw2");
    assertThat(baton.eventTypes(id))
        .startsWith("FAILOVER_REQUESTED", "CALL_INTENDED", "CALL_ANSWERED")
        .endsWith("FAILOVER_SUCCEEDED");
  }

  @Test
  void endsTheSwitchoverThatStalledWhenItsRegionWentDark() throws Exception {
    baton.aws().promotionsGo(PromotionPlan.local().withEnding(PromotionPlan.Ending.STUCK));
    baton.aws().disassociatesWhilePromoting(true);
    var datastore = baton.datastore();
    var stuck = baton.accepted(Ask.switchover(datastore));
    baton.await(stuck, "PROMOTING");
    baton.aws().darken("us-east-1", Darkness.SILENT);
    var stalled = baton.await(stuck, "STALLED");
    assertThat(stalled.path("explanation").stringValue())
        .contains("mode DETACH with supersedes: \"%s\"".formatted(stuck));
    assertThat(dave().post("/v1/failovers", Ask.detach(datastore).json()).problem())
        .isEqualTo("409 /problems/failover-in-progress");

    var rescue = accepted(Ask.detach(datastore).with("supersedes", stuck));

    var ended = baton.awaitEnd(rescue, "SUCCEEDED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("DETACHED");
    assertThat(ended.path("supersedes").stringValue()).isEqualTo(stuck);
    assertThat(ended.path("newPrimary").path("endpoint").path("address").stringValue())
        .contains(datastore + "-usw2");
    var superseded = baton.awaitEnd(stuck, "FAILED");
    assertThat(superseded.path("effect").stringValue()).isEqualTo("UNKNOWN");
    assertThat(superseded.path("explanation").stringValue()).contains("superseded by", rescue);
    assertThat(baton.events(stuck).getLast().path("actor").path("subject").stringValue())
        .isEqualTo("dave");
  }

  @Test
  void waitsUntilTheCallOfTheSupersededOneHasLanded() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.cutBefore(), 1);
    var unknown = baton.accepted(Ask.failover(datastore));
    baton.await(unknown, "OUTCOME_UNKNOWN");

    var early = dave().post("/v1/failovers", superseding(datastore, unknown).json());

    assertThat(early.problem()).isEqualTo("409 /problems/failover-in-progress");
    assertThat(early.detail()).contains("may still be on its way");
    assertThat(Integer.parseInt(early.header("Retry-After"))).isBetween(1, 10);
  }

  @Test
  void readsAgainAfterAnAnswerThatGotLostAndCallsNoSecondTime() {
    var datastore = baton.datastore();
    baton.aws().inject(Injection.of(Fault.cutAfter()).on(DETACH).about(datastore));

    var id = accepted(Ask.detach(datastore));

    assertThat(baton.awaitEnd(id, "SUCCEEDED").path("effect").stringValue()).isEqualTo("DETACHED");
    assertThat(calls(datastore)).isEqualTo(1);
  }

  @Test
  void callsAgainWhenTheFirstCallHadNoEffect() {
    var datastore = baton.datastore();
    baton.aws().inject(Injection.of(Fault.cutBefore()).on(DETACH).about(datastore));

    var id = accepted(Ask.detach(datastore));

    var ended = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(ended.path("attempts").size()).isEqualTo(2);
    assertThat(calls(datastore)).isEqualTo(2);
  }

  @Test
  void isNotDoneWhileTheTargetIsOnlyOnItsWayOut() {
    var datastore = baton.datastore();
    baton
        .aws()
        .inject(
            Injection.of(Fault.error(503, "ServiceUnavailable"))
                .on("DescribeReplicationGroups")
                .in("us-west-2")
                .always());
    var id = accepted(Ask.detach(datastore));
    await().until(() -> calls(datastore) == 1);
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(10))
        .until(() -> !baton.failover(id).has("finishedAt"));

    baton.aws().clearFaults();

    baton.awaitEnd(id, "SUCCEEDED");
  }

  @Test
  void needsItsOwnPermissionAndTheWillToLoseData() {
    var datastore = baton.datastore();

    var alice = baton.ask(Ask.detach(datastore));
    assertThat(alice.problem()).isEqualTo("403 /problems/forbidden");
    assertThat(alice.detail()).contains("failover:detach");
    assertThat(
            dave()
                .post("/v1/failovers", Ask.detach(datastore).without("acceptDataLoss").json())
                .problem())
        .isEqualTo("400 /problems/invalid-request");
    assertThat(calls(datastore)).isZero();
  }

  @Test
  void supersedesNothingButWhatIsUnderWayThere() {
    var datastore = baton.datastore();
    var switchover = Ask.switchover(datastore).with("supersedes", UUID.randomUUID().toString());
    assertThat(baton.ask(switchover).problem()).isEqualTo("400 /problems/invalid-request");

    var nothing = superseding(datastore, UUID.randomUUID().toString());
    var answer = dave().post("/v1/failovers", nothing.json());
    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
    assertThat(answer.json().path("violations").get(0).path("field").stringValue())
        .isEqualTo("supersedes");
    assertThat(dave().post("/v1/failovers", superseding(datastore, "x").json()).problem())
        .isEqualTo("400 /problems/invalid-request");
  }

  @Test
  void showsInADryRunWhatItWouldCall() {
    var datastore = baton.datastore();

    var shown = dave().post("/v1/failovers?dryRun=true", Ask.detach(datastore).json());

    assertThat(shown.status()).isEqualTo(200);
    var call = shown.json().path("awsCall");
    assertThat(call.path("action").stringValue()).isEqualTo(DETACH);
    assertThat(call.path("parameters").path("ReplicationGroupId").stringValue())
        .isEqualTo(datastore + "-usw2");
    assertThat(call.path("parameters").path("ReplicationGroupRegion").stringValue())
        .isEqualTo("us-west-2");
  }

  private static Ask superseding(String datastore, String id) {
    return Ask.detach(datastore).with("supersedes", id);
  }

  private Caller dave() {
    return baton.as("dave");
  }

  private String accepted(Ask ask) {
    var answer = dave().post("/v1/failovers", ask.json());
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(202);
    JsonNode failover = answer.json();
    return failover.path("id").stringValue();
  }

  private long calls(String datastore) {
    return baton.aws().calls().stream()
        .filter(call -> call.action().equals(DETACH))
        .filter(call -> call.globalReplicationGroupId().equals(datastore))
        .count();
  }
}
