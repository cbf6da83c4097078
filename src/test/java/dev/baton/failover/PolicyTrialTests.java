package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.StoredPolicy;
import dev.baton.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BatonTest
class PolicyTrialTests {
  private static final String FROZEN = "{name: frozen, require: 'false'}";
  private static final String YEAR_END =
      "{name: year-end, freezeWindows: [{from: 2030-12-19T00:00, to: 2031-01-07T00:00, zone: UTC}]}";

  @Autowired private RunningBaton baton;
  @Autowired private JdbcClient database;

  private String datastore;
  private StoredPolicy policy;

  @BeforeEach
  void add() {
    datastore = baton.datastore();
    policy = StoredPolicy.about(datastore, baton);
  }

  @Test
  void showsWhatADraftWouldSayOfARequestAndStoresNothing() {
    var trial = evaluated(Map.of("document", policy.document(FROZEN)));

    assertThat(trial.path("policy").stringValue()).isEqualTo(policy.name());
    assertThat(trial.at("/decision/outcome").stringValue()).isEqualTo("REFUSED");
    assertThat(trial.at("/inForce/outcome").stringValue()).isEqualTo("PASSED");
    assertThat(trial.at("/changes/0/rule").stringValue()).isEqualTo("frozen");
    assertThat(trial.path("warnings").toString()).contains("REFUSES_EVERYTHING");
    assertThat(baton.alice().get("/v1/policies/" + policy.name()).status()).isEqualTo(404);
    assertThat(baton.alice().get(failovers()).json().path("items")).isEmpty();
  }

  @Test
  void comparesADraftWithTheVersionInForce() {
    policy.put(FROZEN);
    var trial = evaluated(Map.of("document", policy.document("{name: frozen, require: 'true'}")));

    assertThat(trial.at("/decision/outcome").stringValue()).isEqualTo("PASSED");
    assertThat(trial.at("/inForce/outcome").stringValue()).isEqualTo("REFUSED");
    assertThat(trial.at("/changes/0/versionBefore").intValue()).isEqualTo(1);
    assertThat(trial.at("/changes/0/version").intValue()).isEqualTo(2);
  }

  /** The one in force looks at the lag, the draft that would take its place does not. */
  @Test
  void findsOutWhatEitherLooksAt() {
    var draft =
        "{apiVersion: baton/v1, kind: Policy, metadata: {name: default},"
            + " rules: [{name: any, require: 'true'}]}";
    var trial = evaluated(Map.of("document", draft, "request", Ask.switchover(datastore).fields()));
    assertThat(trial.at("/decision/outcome").stringValue()).isEqualTo("PASSED");
    assertThat(trial.at("/inForce/outcome").stringValue())
        .as(trial.path("inForce").toString())
        .isEqualTo("PASSED");
  }

  @Test
  void triesADraftForAnotherTime() {
    var document = policy.document(YEAR_END);
    var inTheFreeze = evaluated(Map.of("document", document, "at", "2030-12-24T12:00:00Z"));
    assertThat(inTheFreeze.path("at").stringValue()).isEqualTo("2030-12-24T12:00:00Z");
    assertThat(inTheFreeze.at("/decision/outcome").stringValue()).isEqualTo("REFUSED");
    assertThat(evaluated(Map.of("document", document)).at("/decision/outcome").stringValue())
        .isEqualTo("PASSED");
  }

  @Test
  void triesADraftForSomebodyElse() {
    var document =
        policy.document("{name: leads, match: {requesterGroups: [guests]}, require: 'false'}");
    assertThat(
            evaluated(Map.of("document", document, "requesterGroups", List.of("guests")))
                .at("/decision/outcome")
                .stringValue())
        .isEqualTo("REFUSED");
    assertThat(evaluated(Map.of("document", document)).at("/decision/outcome").stringValue())
        .isEqualTo("PASSED");
  }

  @Test
  void takesADocumentAsAnObject() {
    var document =
        Map.of(
            "apiVersion",
            "baton/v1",
            "kind",
            "Policy",
            "metadata",
            Map.of("name", policy.name()),
            "rules",
            List.of(Map.of("name", "frozen", "require", "false")));
    assertThat(evaluated(Map.of("document", document)).at("/decision/outcome").stringValue())
        .isEqualTo("REFUSED");
  }

  @Test
  void namesWhatIsWrongWithTheDocumentOrTheRequest() {
    var wrong = evaluate(Map.of("document", policy.document("{name: one, coolDown: soon}")));
    assertThat(wrong.problem()).isEqualTo("400 /problems/invalid-policy");
    assertThat(wrong.json().at("/violations/0/field").stringValue()).isEqualTo("rules[0].coolDown");

    var request = Ask.failover(datastore).with("targetRegion", "mars-north-1").fields();
    var astray = evaluate(Map.of("requesterGroups", "guests", "surprise", 1, "request", request));
    assertThat(astray.problem()).isEqualTo("400 /problems/invalid-request");
    assertThat(astray.json().path("violations").valueStream())
        .extracting(violation -> violation.path("field").stringValue())
        .contains("document", "requesterGroups", "surprise", "request.targetRegion");
  }

  @Test
  void tellsWhichPastFailoversWouldBeRefusedAndWhy() {
    var id = baton.accepted(Ask.failover(datastore));
    baton.awaitEnd(id, "SUCCEEDED");

    var trial = backtest(Map.of("document", policy.document(FROZEN)));

    assertThat(trial.path("compared").intValue()).isPositive();
    assertThat(otherwise(trial)).hasSize(1);
    var one = otherwise(trial).getFirst();
    assertThat(one.path("failoverId").stringValue()).isEqualTo(id);
    assertThat(one.path("was").stringValue()).isEqualTo("PASSED");
    assertThat(one.path("inForce").stringValue()).isEqualTo("PASSED");
    assertThat(one.path("wouldBe").stringValue()).isEqualTo("REFUSED");
    assertThat(one.at("/because/0/rule").stringValue()).isEqualTo("frozen");
    assertThat(one.at("/because/0/remedy").stringValue()).isNotEmpty();
  }

  @Test
  void tellsWhichPastRefusalsWouldPass() {
    policy.put(FROZEN);
    var refused = baton.ask(Ask.failover(datastore));
    assertThat(refused.status()).isEqualTo(403);

    var trial = backtest(Map.of("document", policy.document(YEAR_END)));
    var one = otherwise(trial).getFirst();
    assertThat(one.path("failoverId").stringValue())
        .isEqualTo(refused.json().path("failoverId").stringValue());
    assertThat(one.path("was").stringValue()).isEqualTo("REFUSED");
    assertThat(one.path("wouldBe").stringValue()).isEqualTo("PASSED");
    assertThat(one.path("because").valueStream())
        .extracting(reason -> reason.path("rule").stringValue() + " " + reason.path("was"))
        .contains("frozen \"REFUSED\"");
    assertThat(otherwise(backtest(Map.of()))).isEmpty();
  }

  @Test
  void judgesEachByTheFactsOfItsTime() {
    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");
    var second = baton.accepted(Ask.failover(datastore).to(RunningBaton.VIRGINIA));
    baton.awaitEnd(second, "SUCCEEDED");

    var trial = backtest(Map.of("document", policy.document("{name: slowly, coolDown: PT1H}")));
    assertThat(otherwise(trial))
        .extracting(one -> one.path("failoverId").stringValue())
        .containsExactly(second);
  }

  @Test
  void leavesOutWhatWasRequestedBeforeFactsWereKept() {
    var id = baton.accepted(Ask.failover(datastore));
    baton.awaitEnd(id, "SUCCEEDED");
    database.sql("update failover set facts = null where id = ?::uuid").param(id).update();

    var trial = backtest(Map.of("document", policy.document(FROZEN)));
    assertThat(otherwise(trial)).isEmpty();
    assertThat(trial.path("withoutFacts").intValue()).isPositive();
  }

  @Test
  void isShownAsATable() {
    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");
    var table =
        baton
            .as("frank")
            .with("Accept", "text/plain")
            .post(
                "/v1/policies/%s/backtest".formatted(policy.name()),
                JsonMapper.shared()
                    .writeValueAsString(Map.of("document", policy.document(FROZEN))));
    assertThat(table.http().body())
        .startsWith("REQUESTED")
        .containsPattern(
            "alice +FAILOVER +%s +us-west-2 +PASSED +REFUSED +%s/frozen"
                .formatted(datastore, policy.name()));
  }

  @Test
  void isForWhoMayWritePolicies() {
    assertThat(baton.alice().post("/v1/policies/evaluate", "{}").problem())
        .isEqualTo("403 /problems/forbidden");
    assertThat(baton.alice().post("/v1/policies/default/backtest", "{}").problem())
        .isEqualTo("403 /problems/forbidden");
  }

  private String failovers() {
    return "/v1/failovers?globalReplicationGroupId=" + datastore;
  }

  private JsonNode evaluated(Map<String, ?> fields) {
    var answer = evaluate(fields);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  private Caller.Answer evaluate(Map<String, ?> body) {
    var complete = new TreeMap<String, Object>(body);
    complete.putIfAbsent("request", Ask.failover(datastore).fields());
    return baton
        .as("frank")
        .post("/v1/policies/evaluate", JsonMapper.shared().writeValueAsString(complete));
  }

  private JsonNode backtest(Map<String, ?> body) {
    var answer =
        baton
            .as("frank")
            .post(
                "/v1/policies/%s/backtest".formatted(policy.name()),
                JsonMapper.shared().writeValueAsString(body));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  /** Those of this test's own Global datastore: what else was requested is judged too. */
  private List<JsonNode> otherwise(JsonNode backtest) {
    return backtest
        .path("otherwise")
        .valueStream()
        .filter(one -> one.path("globalReplicationGroupId").stringValue().equals(datastore))
        .toList();
  }
}
