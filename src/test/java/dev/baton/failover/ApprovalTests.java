package dev.baton.failover;

import static dev.baton.RunningBaton.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.StoredPolicy;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Other people agree first, where policy demands it, and to nothing but what they were shown. */
@BatonTest
class ApprovalTests {
  private static final String ONE_LEAD = approvals(1, "leads");
  private static final String TWO_LEADS = approvals(2, "leads");

  @Autowired private RunningBaton baton;

  @Test
  void waitsUntilEnoughHaveApprovedAndThenGoesAhead() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(TWO_LEADS);
    var id = baton.accepted(Ask.switchover(datastore));

    var asked = baton.failover(id);
    assertThat(status(asked)).isEqualTo("AWAITING_APPROVAL");
    assertThat(asked.at("/approvalsDemanded/0/required").intValue()).isEqualTo(2);
    assertThat(asked.path("explanation").stringValue())
        .contains("still missing: 2 of leads (rule four-eyes of policy p-");
    assertThat(baton.calls(datastore)).isEmpty();

    var once = approve("bob", id);
    assertThat(status(once)).isEqualTo("AWAITING_APPROVAL");
    assertThat(once.at("/approvalsDemanded/0/given").intValue()).isEqualTo(1);
    var twice = approve("erin", id);
    assertThat(status(twice)).isEqualTo("PENDING");

    var done = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(done.path("approvals").valueStream().map(it -> it.at("/by/subject").stringValue()))
        .containsExactly("bob", "erin");
    assertThat(done.at("/approvals/0/comment").stringValue()).isEqualTo("looks fine");
    assertThat(done.at("/decision/outcome").stringValue()).isEqualTo("PASSED");
    assertThat(baton.eventTypes(id))
        .startsWith("FAILOVER_REQUESTED", "APPROVAL_GIVEN", "APPROVAL_GIVEN", "CALL_INTENDED");
    var given = baton.events(id).get(1);
    assertThat(given.at("/actor/subject").stringValue()).isEqualTo("bob");
    assertThat(given.at("/data/sourceRegion").stringValue()).isEqualTo("us-east-1");
    assertThat(given.at("/data/targetReplicationGroupId").stringValue())
        .isEqualTo(datastore + "-usw2");
    assertThat(given.at("/data/approvalsDemanded/0/version").intValue()).isEqualTo(1);
  }

  @Test
  void isOverOnceSomebodyRejectsIt() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(TWO_LEADS);
    var id = baton.accepted(Ask.switchover(datastore));
    approve("bob", id);

    var rejected = say("erin", id, "reject", "not before the release");
    assertThat(rejected.status()).isEqualTo(200);
    assertThat(status(rejected.json())).isEqualTo("DENIED");
    assertThat(rejected.json().path("explanation").stringValue())
        .isEqualTo("Rejected: erin rejected it: not before the release. Nothing was changed.");
    assertThat(baton.eventTypes(id))
        .containsExactly(
            "FAILOVER_REQUESTED", "APPROVAL_GIVEN", "APPROVAL_REFUSED", "FAILOVER_DENIED");
    assertProblem(say("bob", id, "approve", "still fine"), 409, "not-awaiting-approval");
    assertThat(baton.calls(datastore)).isEmpty();
    baton.accepted(Ask.switchover(datastore));
  }

  @Test
  void countsNobodyTwice() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(TWO_LEADS);
    var id = baton.accepted(Ask.switchover(datastore));
    approve("bob", id);

    var again = say("bob", id, "approve", "looks fine");
    assertProblem(again, 409, "already-approved");
    assertThat(again.json().path("detail").stringValue()).contains("still missing: 1 of leads");
    assertThat(baton.failover(id).path("approvals")).hasSize(1);
  }

  @Test
  void countsOneOfTwoApprovalsByTheSamePersonAtTheSameInstant() throws Exception {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(TWO_LEADS);
    var id = baton.accepted(Ask.switchover(datastore));

    assertThat(atOnce(() -> say("bob", id, "approve", "a"), () -> say("bob", id, "approve", "b")))
        .extracting(Caller.Answer::status)
        .containsExactlyInAnyOrder(200, 409);
    assertThat(status(baton.failover(id))).isEqualTo("AWAITING_APPROVAL");
  }

  @Test
  void countsTwoApprovalsAtTheSameInstant() throws Exception {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(TWO_LEADS);
    var id = baton.accepted(Ask.switchover(datastore));

    assertThat(atOnce(() -> say("bob", id, "approve", "a"), () -> say("erin", id, "approve", "b")))
        .extracting(Caller.Answer::status)
        .containsExactly(200, 200);
    baton.awaitEnd(id, "SUCCEEDED");
    assertThat(baton.calls(datastore)).hasSize(1);
  }

  @Test
  void countsOnlyTheGroupsThatAreNamed() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(approvals(1, "dba"));
    var id = baton.accepted(Ask.switchover(datastore));

    var stranger = say("bob", id, "approve", "looks fine");
    assertProblem(stranger, 403, "not-an-approver");
    assertThat(stranger.json().path("detail").stringValue())
        .contains("1 of dba (rule four-eyes of policy p-");
    assertProblem(say("bob", id, "reject", "never"), 403, "not-an-approver");
    assertProblem(say("alice", id, "approve", "mine"), 403, "forbidden");
  }

  @Test
  void meetsTheDemandsOfAllPolicies() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(ONE_LEAD);
    StoredPolicy.about(datastore, baton).put(approvals(2, "developers"));
    var id = baton.accepted(Ask.switchover(datastore));

    var once = approve("bob", id);
    assertThat(
            once.path("approvalsDemanded")
                .valueStream()
                .map(demand -> demand.path("given").intValue()))
        .containsExactly(1, 1);
    assertThat(status(approve("erin", id))).isEqualTo("PENDING");
  }

  @Test
  void expiresIfNobodyApprovesInTime() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton)
        .put("{name: four-eyes, approvals: {required: 1, from: [leads], expiresAfter: PT1S}}");
    var id = baton.accepted(Ask.switchover(datastore));

    var expired = baton.awaitEnd(id, "EXPIRED");
    assertThat(expired.path("explanation").stringValue())
        .contains("it was not approved by as many as have to before");
    assertProblem(say("bob", id, "approve", "too late"), 409, "not-awaiting-approval");
  }

  @Test
  void startsWithinItsUsualTimeAfterItWasApproved() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(ONE_LEAD);
    var id = baton.accepted(Ask.switchover(datastore));
    var asked = baton.failover(id);
    assertThat(at(asked, "startBefore"))
        .isEqualTo(at(asked, "approveBefore").plus(Duration.ofMinutes(15)));

    var before = Instant.now();
    var approved = approve("bob", id);
    assertThat(at(approved, "startBefore"))
        .isBetween(
            before.plus(Duration.ofMinutes(15)).minusMillis(1),
            Instant.now().plus(Duration.ofMinutes(15)));
  }

  @Test
  void asksAgainWherePolicyDemandsMoreByThen() {
    var datastore = baton.datastore();
    var policy = StoredPolicy.about(datastore, baton);
    policy.put(ONE_LEAD);
    baton.strike(datastore, Fault.throttle(), RunningBaton.THROTTLED);
    var id = baton.accepted(Ask.failover(datastore));
    approve("bob", id);
    Awaitility.await().until(() -> baton.calls(datastore).size() == RunningBaton.THROTTLED);
    policy.put(TWO_LEADS);

    var again = baton.await(id, "AWAITING_APPROVAL");
    assertThat(again.at("/approvals/0/lapsedBecause").stringValue())
        .isEqualTo("policy demands more by now, or what was approved has changed");
    assertThat(again.at("/approvalsDemanded/0/given").intValue()).isZero();
    approve("bob", id);
    approve("erin", id);
    baton.awaitEnd(id, "SUCCEEDED");
    assertThat(baton.eventTypes(id)).contains("APPROVAL_DEMANDED");
  }

  @Test
  void letsApprovalsLapseThatWereGivenBeforePolicyDemandedMore() {
    var datastore = baton.datastore();
    var policy = StoredPolicy.about(datastore, baton);
    policy.put(TWO_LEADS);
    var id = baton.accepted(Ask.switchover(datastore));
    approve("bob", id);
    policy.put(
        TWO_LEADS,
        "{name: two-developers, approvals: {required: 2, from: [developers], expiresAfter: PT1H}}");

    var once = approve("erin", id);
    assertThat(status(once)).isEqualTo("AWAITING_APPROVAL");
    assertThat(once.at("/approvals/0/lapsedBecause").stringValue())
        .isEqualTo("policy demands more than when it was given");
    assertThat(status(approve("bob", id))).isEqualTo("PENDING");
  }

  @Test
  void keepsApprovalsWherePolicyDemandsNoMoreThanBefore() {
    var datastore = baton.datastore();
    var policy = StoredPolicy.about(datastore, baton);
    policy.put(TWO_LEADS);
    var id = baton.accepted(Ask.switchover(datastore));
    approve("bob", id);
    policy.put(approvals(2, "leads, dba"));

    assertThat(status(approve("erin", id))).isEqualTo("PENDING");
    baton.awaitEnd(id, "SUCCEEDED");
  }

  @Test
  void showsWhatWaitsForWhomOldestFirst() {
    var first = baton.datastore();
    var second = baton.datastore();
    var others = baton.datastore();
    StoredPolicy.about(first, baton).put(TWO_LEADS);
    StoredPolicy.about(second, baton).put(TWO_LEADS);
    StoredPolicy.about(others, baton).put(approvals(1, "dba"));
    var firstId = baton.accepted(Ask.switchover(first));
    var secondId = baton.accepted(Ask.switchover(second));
    var othersId = baton.accepted(Ask.switchover(others));

    assertThat(waitingFor("bob")).containsSubsequence(firstId, secondId).doesNotContain(othersId);
    assertThat(waitingFor("alice")).doesNotContain(firstId, secondId, othersId);
    approve("bob", firstId);
    assertThat(waitingFor("bob")).contains(secondId).doesNotContain(firstId);
    assertThat(waitingFor("erin")).containsSubsequence(firstId, secondId);
    assertThat(pages("erin")).isEqualTo(waitingFor("erin"));
    assertProblem(
        baton.as("bob").get("/v1/failovers?awaitingApprovalBy=erin"), 400, "invalid-request");
  }

  @Test
  void refusesACommentThatIsMissingOrTooLong() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton).put(ONE_LEAD);
    var id = baton.accepted(Ask.switchover(datastore));

    var path = "/v1/failovers/" + id + "/approve";
    assertProblem(baton.as("bob").post(path, "{}"), 400, "invalid-request");
    assertProblem(
        baton.as("bob").post(path, "{\"comment\": \"%s\"}".formatted("x".repeat(1_001))),
        400,
        "invalid-request");
    assertProblem(
        baton.as("bob").post(path, "{\"comment\": \"%s\"}".formatted("x".repeat(10_000_000))),
        400,
        "body-too-large");
    assertProblem(
        baton.as("bob").post(path, "{\"comment\": \"fine\", \"force\": true}"),
        400,
        "invalid-request");
    assertThat(baton.failover(id).path("approvals")).isEmpty();
  }

  private List<String> waitingFor(String user) {
    return ids(baton.as(user).get("/v1/failovers?awaitingApprovalBy=me&limit=200").json());
  }

  private List<String> pages(String user) {
    var all = new ArrayList<String>();
    var cursor = "";
    while (true) {
      var page = baton.as(user).get("/v1/failovers?awaitingApprovalBy=me&limit=1" + cursor).json();
      all.addAll(ids(page));
      if (!page.has("nextCursor")) {
        return all;
      }
      cursor = "&cursor=" + page.path("nextCursor").stringValue();
    }
  }

  private static List<String> ids(JsonNode page) {
    return page.path("items").valueStream().map(it -> it.path("id").stringValue()).toList();
  }

  private JsonNode approve(String user, String id) {
    var answer = say(user, id, "approve", "looks fine");
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  private Caller.Answer say(String user, String id, String action, String comment) {
    return baton
        .as(user)
        .post(
            "/v1/failovers/%s/%s".formatted(id, action),
            "{\"comment\": \"%s\"}".formatted(comment));
  }

  private static void assertProblem(Caller.Answer answer, int status, String slug) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.json().path("type").stringValue()).isEqualTo("/problems/" + slug);
  }

  private static List<Caller.Answer> atOnce(
      Callable<Caller.Answer> one, Callable<Caller.Answer> other) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return executor.invokeAll(List.of(one, other)).stream().map(Future::resultNow).toList();
    }
  }

  private static Instant at(JsonNode failover, String field) {
    return Instant.parse(failover.path(field).stringValue());
  }

  private static String approvals(int required, String from) {
    return "{name: four-eyes, approvals: {required: %d, from: [%s], expiresAfter: PT1H}}"
        .formatted(required, from);
  }
}
