package dev.baton.failover;

import static dev.baton.RunningBaton.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nothing is sent that somebody holds back, and everybody is told who and why. */
@BatonTest
class HoldTests {
  private static final String LONG_REASON =
      "the hold is by somebody who can't be reached, and users can't log in";

  @Autowired private RunningBaton baton;

  @Test
  void refusesWhatIsRequestedUntilItIsEnded() {
    var datastore = baton.datastore();
    var hold = set(datastore);
    assertThat(hold.path("status").stringValue()).isEqualTo("ACTIVE");
    assertThat(hold.at("/setBy/subject").stringValue()).isEqualTo("frank");
    assertThat(hold.path("underWay")).isEmpty();

    var refused = baton.ask(Ask.failover(datastore));
    assertThat(refused.status()).isEqualTo(403);
    var refusal = refused.json().at("/refusals/0");
    assertThat(refusal.path("policy").stringValue()).isEqualTo("holds");
    assertThat(refusal.path("rule")).isEqualTo(hold.path("id"));
    assertThat(refusal.path("seen").stringValue())
        .startsWith("frank has held back calls for Global datastores like " + datastore)
        .endsWith(": it is being repaired");
    assertThat(refusal.path("remedy").stringValue())
        .contains("DELETE /v1/holds/" + id(hold), "overrides: [\"holds/" + id(hold) + "\"]");

    assertThat(end(hold).at("/status").stringValue()).isEqualTo("ENDED");
    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");
    assertThat(types(hold)).containsExactly("HOLD_SET", "HOLD_ENDED");
  }

  @Test
  void letsWhatWasAcceptedWaitUntilItIsEnded() {
    var datastore = baton.datastore();
    var id = baton.waiting(Ask.failover(datastore));
    var hold = set(datastore);

    var held = awaitCause(id, "hold " + id(hold));
    assertThat(status(held)).isEqualTo("PENDING");
    assertThat(held.path("explanation").stringValue())
        .contains("frank has held back calls", "it is being repaired");
    assertThat(held.at("/decision/outcome").stringValue()).isEqualTo("REFUSED");
    assertThat(baton.calls(datastore)).hasSize(RunningBaton.THROTTLED);

    end(hold);
    baton.awaitEnd(id, "SUCCEEDED");
  }

  @Test
  void saysWhatItComesTooLateFor() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.delay(Duration.ofMillis(700)), 1);
    var id = baton.accepted(Ask.failover(datastore));
    baton.awaitEvent(id, "CALL_INTENDED");

    var hold = set(datastore);
    assertThat(hold.at("/underWay/0/failoverId").stringValue()).isEqualTo(id);
    assertThat(hold.at("/underWay/0/targetRegion").stringValue()).isEqualTo("us-west-2");
    assertThat(baton.failover(id).has("finishedAt")).isFalse();
    var told =
        baton.events(id).stream()
            .filter(event -> event.path("type").stringValue().equals("HOLD_CAME_TOO_LATE"))
            .toList();
    assertThat(told)
        .singleElement()
        .satisfies(event -> assertThat(event.at("/data/hold")).isEqualTo(hold.path("id")));
    end(hold);
  }

  @Test
  void expiresByItself() {
    var datastore = baton.datastore();
    var hold = set(datastore, Map.of("expiresAt", Instant.now().plusSeconds(2).toString()));
    assertThat(baton.ask(Ask.failover(datastore)).status()).isEqualTo(403);
    Awaitility.await()
        .atMost(RunningBaton.PATIENCE)
        .until(() -> shown(hold).path("status").stringValue().equals("EXPIRED"));

    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");
    assertProblem(endAnswer(hold), 409, "hold-over");
  }

  @Test
  void isSetAsideByWhoMayBreakGlass() {
    var datastore = baton.datastore();
    var hold = set(datastore);
    var name = "holds/" + id(hold);
    var ask = Ask.failover(datastore).with("overrides", List.of(name)).with("reason", LONG_REASON);

    assertProblem(baton.ask(ask), 403, "forbidden");
    assertProblem(asDave(ask.with("reason", "short")), 400, "invalid-request");
    var accepted = asDave(ask);
    assertThat(accepted.status()).as(accepted.http().body()).isEqualTo(202);
    var done = baton.awaitEnd(accepted.json().path("id").stringValue(), "SUCCEEDED");
    assertThat(done.path("awaitingReview").booleanValue()).isTrue();
    end(hold);
  }

  @Test
  void listsThoseInForceAndTheOthers() {
    var datastore = baton.datastore();
    var one = set(datastore);
    var other = set(datastore);
    assertThat(list("")).containsSubsequence(id(other), id(one));
    end(one);
    assertThat(list("")).contains(id(other)).doesNotContain(id(one));
    assertThat(list("&ended=true")).contains(id(one)).doesNotContain(id(other));
    assertProblem(endAnswer(one), 409, "hold-over");
    assertThat(shown(one).path("endComment").stringValue()).isEqualTo("done");
    end(other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                          | scope",
        "{'all': false}                                              | scope",
        "{'all': true, 'region': 'us-east-1'}                        | scope",
        "{'region': 'Narnia'}                                        | scope.region",
        "{'accountId': '12'}                                         | scope.accountId",
        "{'globalReplicationGroupId': 'no such thing'}               | scope.globalReplicationGroupId",
        "{'planet': 'earth'}                                         | scope.planet"
      })
  void refusesAScopeThatIsNone(String scope, String field) {
    var answer =
        baton
            .as("frank")
            .post(
                "/v1/holds",
                "{\"scope\": %s, \"reason\": \"x\"}".formatted(scope.replace('\'', '"')));
    assertProblem(answer, 400, "invalid-request");
    assertThat(
            answer
                .json()
                .path("violations")
                .valueStream()
                .map(it -> it.path("field").stringValue()))
        .contains(field);
  }

  @Test
  void refusesAHoldInThePastAndOneWithoutAReason() {
    var answer =
        baton
            .as("frank")
            .post(
                "/v1/holds",
                "{\"scope\": {\"all\": true}, \"expiresAt\": \"2020-01-01T00:00:00Z\"}");
    assertProblem(answer, 400, "invalid-request");
    assertThat(
            answer
                .json()
                .path("violations")
                .valueStream()
                .map(it -> it.path("field").stringValue()))
        .containsExactlyInAnyOrder("reason", "expiresAt");
    assertProblem(baton.as("dave").post("/v1/holds", "{}"), 403, "forbidden");
    assertProblem(baton.as("frank").get("/v1/holds/nothing"), 404, "unknown-hold");
  }

  @Test
  void takesItsNameFromNoPolicy() {
    var answer =
        baton
            .as("frank")
            .with("Content-Type", "application/yaml")
            .send(
                "PUT",
                "/v1/policies/holds?comment=mine",
                BodyPublishers.ofString(
                    "{apiVersion: baton/v1, kind: Policy, metadata: {name: holds}, rules: []}"));
    assertProblem(answer, 400, "invalid-policy");
  }

  private JsonNode set(String datastore) {
    return set(datastore, Map.of());
  }

  private JsonNode set(String datastore, Map<String, Object> more) {
    var body = new TreeMap<String, Object>(more);
    body.put("scope", Map.of("globalReplicationGroupId", datastore));
    body.put("reason", "it is being repaired");
    var answer = baton.as("frank").post("/v1/holds", JsonMapper.shared().writeValueAsString(body));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    assertThat(answer.header("Location"))
        .isEqualTo("/v1/holds/" + answer.json().path("id").stringValue());
    return answer.json();
  }

  private Caller.Answer endAnswer(JsonNode hold) {
    return baton
        .as("frank")
        .with("Content-Type", "application/json")
        .send("DELETE", "/v1/holds/%s?comment=done".formatted(id(hold)), BodyPublishers.noBody());
  }

  private JsonNode end(JsonNode hold) {
    var answer = endAnswer(hold);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode shown(JsonNode hold) {
    return baton.alice().get("/v1/holds/" + id(hold)).json();
  }

  private List<String> list(String filter) {
    return baton
        .alice()
        .get("/v1/holds?limit=200" + filter)
        .json()
        .path("items")
        .valueStream()
        .map(HoldTests::id)
        .toList();
  }

  private List<String> types(JsonNode hold) {
    return baton.audit("hold/" + id(hold)).stream()
        .map(entry -> entry.path("type").stringValue())
        .toList();
  }

  private JsonNode awaitCause(String id, String cause) {
    return Awaitility.await()
        .atMost(RunningBaton.PATIENCE)
        .until(
            () -> baton.failover(id),
            failover -> failover.path("explanation").stringValue().contains(cause));
  }

  private Caller.Answer asDave(Ask ask) {
    return baton.as("dave").post("/v1/failovers", ask.json());
  }

  private static String id(JsonNode hold) {
    return hold.path("id").stringValue();
  }

  private static void assertProblem(Caller.Answer answer, int status, String slug) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.json().path("type").stringValue()).isEqualTo("/problems/" + slug);
  }
}
