package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import dev.baton.simulator.PromotionPlan;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A person ends what Baton can't. */
@BatonTest
class ResolutionTests {
  private static final String NOTHING =
      """
      {"outcome": "NONE", "comment": "AWS support rolled it back"}
      """;

  @Autowired private RunningBaton baton;

  @Test
  void endsAStalledFailoverByWhatAPersonSawAndFreesTheDatastore() {
    var datastore = baton.datastore();
    var id = stalled(datastore);

    var answer = resolve(id, NOTHING);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    var ended = answer.json();
    assertThat(RunningBaton.status(ended)).isEqualTo("FAILED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("NONE");
    assertThat(ended.path("explanation").stringValue())
        .contains("alice ended it by hand", "AWS support rolled it back");
    assertThat(answer.header("ETag"))
        .isEqualTo(baton.alice().get("/v1/failovers/" + id).header("ETag"));
    assertThat(baton.eventTypes(id)).endsWith("FAILOVER_RESOLVED", "FAILOVER_FAILED");
    assertThat(baton.events(id).getLast().path("actor").path("subject").stringValue())
        .isEqualTo("alice");
    assertThat(baton.ask(Ask.failover(datastore)).status()).isEqualTo(202);
  }

  @Test
  void neverCallsASuccessWhatAwsHasNotShown() {
    var id = stalled(baton.datastore());

    var ended =
        resolve(id, "{\"outcome\": \"PROMOTED\", \"comment\": \"seen in the console\"}").json();

    assertThat(RunningBaton.status(ended)).isEqualTo("FAILED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("PROMOTED");
    assertThat(ended.has("newPrimary")).isFalse();
  }

  @Test
  void endsNothingWhoseCallMayStillBeOnItsWay() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.cutBefore(), 1);
    var id = baton.accepted(Ask.failover(datastore));
    baton.await(id, "OUTCOME_UNKNOWN");

    var early = resolve(id, NOTHING);

    assertThat(early.problem()).isEqualTo("409 /problems/not-resolvable");
    assertThat(early.header("Retry-After")).isNotEmpty();
    baton.awaitEnd(id, "SUCCEEDED");
  }

  @Test
  void endsNothingThatIsOverOrComesToAnEndByItself() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    baton.awaitEnd(id, "SUCCEEDED");

    assertThat(resolve(id, NOTHING).problem()).isEqualTo("409 /problems/not-resolvable");
    assertThat(RunningBaton.status(baton.failover(id))).isEqualTo("SUCCEEDED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"outcome\": \"SUCCEEDED\", \"comment\": \"x\"}",
        "{\"outcome\": \"NONE\"}",
        "{\"outcome\": \"NONE\", \"comment\": \" \"}",
        "{\"outcome\": \"NONE\", \"comment\": \"x\", \"force\": true}"
      })
  void refusesToBeToldNothing(String body) {
    assertThat(resolve(UUID.randomUUID().toString(), body).problem())
        .isEqualTo("400 /problems/invalid-request");
  }

  @Test
  void needsThePermissionToRequest() {
    var path = "/v1/failovers/" + UUID.randomUUID() + "/resolve";
    assertThat(baton.as("carol").post(path, NOTHING).problem()).startsWith("403 ");
    assertThat(baton.alice().post(path, NOTHING).problem())
        .isEqualTo("404 /problems/unknown-failover");
  }

  private String stalled(String datastore) {
    baton.aws().promotionsGo(PromotionPlan.local().withEnding(PromotionPlan.Ending.STUCK));
    var id = baton.accepted(Ask.switchover(datastore));
    await()
        .atMost(RunningBaton.PATIENCE)
        .until(() -> RunningBaton.status(baton.failover(id)).equals("STALLED"));
    return id;
  }

  private Caller.Answer resolve(String id, String body) {
    return baton.alice().post("/v1/failovers/" + id + "/resolve", body);
  }
}
