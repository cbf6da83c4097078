package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.StoredPolicy;
import dev.baton.security.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is set aside is named, refuses, may be set aside, and is looked into afterwards. */
@BatonTest
class BreakGlassTests {
  private static final String REASON =
      "nobody who may change the policy answers, and users can't log in";
  private static final String NEVER = "{name: never, require: 'false'}";

  @Autowired private RunningBaton baton;

  @Test
  void setsARuleAsideUntilSomebodyElseHasLookedIntoIt() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(NEVER);
    var accepted = asDave(datastore, "never");
    assertThat(accepted.status()).as(accepted.http().body()).isEqualTo(202);
    var id = accepted.json().path("id").stringValue();
    var done = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(done.at("/overrides/0").stringValue()).isEqualTo("never");
    assertThat(done.path("decision").path("rules").toString()).contains("OVERRIDDEN");
    assertThat(done.path("explanation").stringValue())
        .contains("Set aside for it: never. Somebody else has to acknowledge");
    assertThat(awaitingReview()).contains(id);

    var reviewed = acknowledge("bob", id);
    assertThat(reviewed.status()).as(reviewed.http().body()).isEqualTo(200);
    assertThat(reviewed.json().at("/review/by/subject").stringValue()).isEqualTo("bob");
    assertThat(reviewed.json().at("/review/comment").stringValue()).isEqualTo("it was right");
    assertThat(awaitingReview()).doesNotContain(id);
    assertThat(baton.eventTypes(id)).endsWith("FAILOVER_SUCCEEDED", "BREAK_GLASS_ACKNOWLEDGED");
    assertProblem(acknowledge("erin", id), 409, "not-reviewable");
  }

  @Test
  void skipsAnApprovalThatMayBeSetAside() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton)
        .put("{name: lead, approvals: {required: 1, from: [leads], expiresAfter: PT1H}}");
    var accepted = asDave(datastore, "lead");
    baton.awaitEnd(accepted.json().path("id").stringValue(), "SUCCEEDED");
  }

  @Test
  void refusesToSetAsideWhatDoesNotRefuse() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(NEVER, "{name: always, require: 'true'}");
    var refused = asDave(datastore, "never", "always", "no-such-rule");
    assertProblem(refused, 409, "override-refused");
    assertThat(
            refused
                .json()
                .path("violations")
                .valueStream()
                .map(it -> it.path("message").stringValue()))
        .containsExactly(
            "always doesn't need to be set aside: the rule does not refuse",
            "no-such-rule is not the name of a rule");
    assertThat(baton.calls(datastore)).isEmpty();
    var turnedAway = baton.audit("global-datastore/000000000000/" + datastore);
    assertThat(turnedAway.getLast().at("/data/problem").stringValue())
        .isEqualTo("/problems/override-refused");
  }

  @Test
  void refusesToSetAsideWhatHoldsForEverybody() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put("{name: never, require: 'false', overridable: false}");
    var refused = asDave(datastore, "never");
    assertProblem(refused, 409, "override-refused");
    assertThat(refused.json().at("/violations/0/message").stringValue())
        .isEqualTo("never can't be set aside: the policy has it as overridable: false");
    assertThat(refused.json().at("/refusals/0/rule").stringValue()).isEqualTo("never");
  }

  @Test
  void reviewsNothingForWhichNothingWasSetAside() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    assertProblem(acknowledge("bob", id), 409, "not-reviewable");
    baton.awaitEnd(id, "SUCCEEDED");
    assertProblem(acknowledge("bob", id), 409, "not-reviewable");
  }

  private List<String> awaitingReview() {
    return baton
        .alice()
        .get("/v1/failovers?awaitingReview=true&limit=200")
        .json()
        .path("items")
        .valueStream()
        .map(it -> it.path("id").stringValue())
        .toList();
  }

  private Caller.Answer acknowledge(String user, String id) {
    return baton
        .as(user)
        .post("/v1/failovers/" + id + "/acknowledge", "{\"comment\": \"it was right\"}");
  }

  private Caller.Answer asDave(String datastore, String... overrides) {
    return baton
        .as("dave")
        .post(
            "/v1/failovers",
            Ask.failover(datastore)
                .with("overrides", List.of(overrides))
                .with("reason", REASON)
                .json());
  }

  private static void assertProblem(Caller.Answer answer, int status, String slug) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.json().path("type").stringValue()).isEqualTo("/problems/" + slug);
  }
}
