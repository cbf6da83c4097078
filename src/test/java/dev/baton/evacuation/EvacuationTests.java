package dev.baton.evacuation;

import static dev.baton.RunningBaton.FAIL_OVER;
import static dev.baton.RunningBaton.IRELAND;
import static dev.baton.RunningBaton.OREGON;
import static dev.baton.RunningBaton.PATIENCE;
import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.StoredPolicy;
import dev.baton.security.Caller;
import dev.baton.simulator.Darkness;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many failovers as one, each test with Global datastores of its own prefix. */
@BatonTest
class EvacuationTests {
  private static final Duration POLL = Duration.ofMillis(50);

  @Autowired private RunningBaton baton;

  private final String prefix = "ldgnf-e" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void movesAllOfThemWaveByWave() {
    var datastores = datastores(5);
    var id = accepted(Map.of("canary", 1, "waveSize", 2));

    var ended = awaitEnd(id, "SUCCEEDED");

    assertThat(ended.path("counts").path("SUCCEEDED").intValue()).isEqualTo(5);
    assertThat(ended.path("waves").valueStream().map(wave -> wave.path("number").intValue()))
        .containsExactly(1, 2, 3);
    datastores.forEach(one -> assertThat(baton.aws().effectivePromotions(one)).isEqualTo(1));
    var members = members(id);
    assertThat(members)
        .extracting(one -> one.path("globalReplicationGroupId").stringValue())
        .containsExactlyElementsOf(datastores);
    for (var member : members) {
      var failover = baton.failover(member.path("failoverId").stringValue());
      assertThat(failover.path("evacuationId").stringValue()).isEqualTo(id);
      assertThat(failover.path("reason").stringValue()).isEqualTo("us-east-1 is drained");
      assertThat(failover.path("requestedBy").path("subject").stringValue()).isEqualTo("alice");
    }
    assertThat(
            baton
                .alice()
                .get("/v1/failovers?evacuationId=" + id)
                .json()
                .path("items")
                .valueStream())
        .hasSize(5);
    assertThat(eventTypes(id))
        .startsWith("EVACUATION_REQUESTED")
        .contains("EVACUATION_PROGRESSED")
        .endsWith("EVACUATION_SUCCEEDED");
  }

  @Test
  void startsNoWaveBeforeTheOneBeforeItIsOver() {
    var datastores = datastores(3);
    baton.strike(datastores.getFirst(), Fault.hold(), 1);
    var id = accepted(Map.of("canary", 1, "waveSize", 1));

    await().atMost(PATIENCE).pollInterval(POLL).until(() -> calls() == 1);
    awaitCount(id, "SWITCHING", 1);
    assertThat(evacuation(id).path("counts").path("NOT_STARTED").intValue()).isEqualTo(2);

    baton.aws().release();
    awaitEnd(id, "SUCCEEDED");
    var ends =
        members(id).stream()
            .map(one -> baton.failover(one.path("failoverId").stringValue()))
            .toList();
    for (int wave = 1; wave < 3; wave++) {
      assertThat(ends.get(wave).path("requestedAt").stringValue())
          .isGreaterThan(ends.get(wave - 1).path("finishedAt").stringValue());
    }
  }

  @Test
  void showsThePlanAndStoresNothing() {
    var datastores = datastores(2);
    var stranger = prefix + "-stranger";
    baton
        .aws()
        .add(
            SimulatedDatastore.of(
                stranger,
                Member.primary(stranger + "-use1", VIRGINIA),
                Member.secondary(stranger + "-euw1", IRELAND)));
    var busy = datastores.getLast();
    baton.strike(busy, Fault.hold(), 1);
    var failover = baton.accepted(Ask.switchover(busy));

    var plan = ask("?dryRun=true", Map.of("canary", 1)).json();

    assertThat(plan.path("total").intValue()).isEqualTo(1);
    var planned = plan.path("planned").get(0);
    assertThat(planned.path("globalReplicationGroupId").stringValue())
        .isEqualTo(datastores.getFirst());
    assertThat(planned.path("targetReplicationGroupId").stringValue())
        .isEqualTo(datastores.getFirst() + "-usw2");
    assertThat(planned.path("decision").stringValue()).isEqualTo("PASSED");
    assertThat(plan.path("leftOut").valueStream().map(one -> one.path("why").stringValue()))
        .anyMatch(why -> why.contains("no member in us-west-2, only in us-east-1, eu-west-1"))
        .anyMatch(why -> why.contains("failover %s of it is".formatted(failover)));
    assertThat(calls()).isLessThanOrEqualTo(1);
    baton.aws().release();
    baton.awaitEnd(failover, "SUCCEEDED");
  }

  @Test
  void stopsWhenTheCanaryFailsAndGoesOnWhenSomebodySaysSo() {
    var datastores = datastores(4);
    strike(datastores.getFirst(), Fault.error(403, "AccessDenied"));
    var id = accepted(Map.of("canary", 1));

    var paused = awaitStatus(id, "PAUSED");
    assertThat(paused.path("explanation").stringValue()).contains("1 of the canary failed");
    assertThat(paused.path("counts").path("NOT_STARTED").intValue()).isEqualTo(3);
    assertThat(paused.path("firstErrors").get(0).path("globalReplicationGroupId").stringValue())
        .isEqualTo(datastores.getFirst());
    assertThat(calls()).isEqualTo(1);

    act(id, "resume", "alice");
    awaitEnd(id, "FAILED");
    assertThat(evacuation(id).path("counts").path("SUCCEEDED").intValue()).isEqualTo(3);

    act(id, "retry", "alice");
    awaitEnd(id, "SUCCEEDED");
    datastores.forEach(one -> assertThat(baton.aws().effectivePromotions(one)).isEqualTo(1));
    assertThat(eventTypes(id)).contains("EVACUATION_FAILED", "EVACUATION_RETRIED");
  }

  @Test
  void sendsNothingWhileItIsPaused() {
    datastores(6);
    var id = accepted(Map.of("maxConcurrent", 1));
    await().atMost(PATIENCE).pollInterval(POLL).until(() -> calls() >= 1);

    act(id, "pause", "alice");
    var sent = calls();

    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> evacuation(id).path("counts").path("PROMOTING").isMissingNode());
    await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> calls() == sent);
    assertThat(evacuation(id).path("status").stringValue()).isEqualTo("PAUSED");
    assertThat(refused(id, "pause", "alice").problem())
        .isEqualTo("409 /problems/evacuation-status");

    act(id, "resume", "alice");
    awaitEnd(id, "SUCCEEDED");
  }

  @Test
  void cancelsWhatWasNotSentWhenItIsAborted() {
    var datastores = datastores(4);
    baton.strike(datastores.getFirst(), Fault.hold(), 1);
    var id = accepted(Map.of("maxConcurrent", 1));
    awaitCount(id, "SWITCHING", 1);

    act(id, "abort", "alice");
    assertThat(refused(id, "resume", "alice").problem())
        .isEqualTo("409 /problems/evacuation-status");
    awaitCount(id, "CANCELLED", 3);
    assertThat(evacuation(id).path("status").stringValue()).isEqualTo("PAUSED");

    baton.aws().release();
    var ended = awaitEnd(id, "CANCELLED");
    assertThat(ended.path("counts").path("SUCCEEDED").intValue()).isEqualTo(1);
    assertThat(calls()).isEqualTo(1);
  }

  @Test
  void waitsForApprovalAsAWhole() {
    var datastores = datastores(2);
    StoredPolicy.about(prefix + "*", baton)
        .put("{name: four-eyes, approvals: {required: 1, from: [leads], expiresAfter: PT1H}}");
    var id = accepted(Map.of());
    var waiting = evacuation(id);
    assertThat(waiting.path("status").stringValue()).isEqualTo("AWAITING_APPROVAL");
    assertThat(waiting.path("approvalsDemanded")).hasSize(1);
    assertThat(members(id)).hasSize(2).noneMatch(one -> one.has("failoverId"));

    assertThat(refused(id, "approve", "alice").status()).isEqualTo(403);
    assertThat(refused(id, "approve", "carol").status()).isEqualTo(403);
    act(id, "approve", "bob");

    awaitEnd(id, "SUCCEEDED");
    assertThat(refused(id, "approve", "erin").problem())
        .isEqualTo("409 /problems/not-awaiting-approval");
    var failover = baton.failover(members(id).getFirst().path("failoverId").stringValue());
    assertThat(failover.path("approvals").get(0).path("by").path("subject").stringValue())
        .isEqualTo("bob");
    datastores.forEach(one -> assertThat(baton.aws().effectivePromotions(one)).isEqualTo(1));
  }

  @Test
  void endsWhenItIsRejected() {
    datastores(2);
    StoredPolicy.about(prefix + "*", baton)
        .put("{name: four-eyes, approvals: {required: 1, from: [leads], expiresAfter: PT1H}}");
    var id = accepted(Map.of());

    act(id, "reject", "bob");

    var ended = awaitEnd(id, "CANCELLED");
    assertThat(ended.path("explanation").stringValue()).contains("bob rejected it");
    assertThat(calls()).isZero();
  }

  @Test
  void leavesOutWhatPolicyRefuses() {
    var datastores = datastores(2);
    StoredPolicy.about(datastores.getFirst(), baton)
        .put("{name: not-there, allowedTargetRegions: [eu-west-1]}");
    var id = accepted(Map.of());

    var ended = awaitEnd(id, "SUCCEEDED");
    assertThat(ended.path("total").intValue()).isEqualTo(1);
    assertThat(ended.path("leftOut").get(0).path("globalReplicationGroupId").stringValue())
        .isEqualTo(datastores.getFirst());
    assertThat(ended.path("leftOut").get(0).path("why").stringValue()).contains("not-there");
  }

  @Test
  void startsNoMoreThanPolicyAllowsAtOnce() {
    for (var id : List.of(prefix + "-1", prefix + "-2", prefix + "-3")) {
      baton
          .aws()
          .add(
              SimulatedDatastore.of(
                  id,
                  Member.primary(id + "-euw1", IRELAND),
                  Member.secondary(id + "-usw2", OREGON)));
    }
    StoredPolicy.about(prefix + "*", baton)
        .put("{name: one-by-one, maxConcurrent: {fromSourceRegion: 1}}");

    var id = accepted(Map.of("fromRegion", IRELAND));

    awaitEnd(id, "SUCCEEDED");
    var failovers =
        members(id).stream()
            .map(one -> baton.failover(one.path("failoverId").stringValue()))
            .sorted(Comparator.comparing(one -> one.path("requestedAt").stringValue()))
            .toList();
    for (int next = 1; next < failovers.size(); next++) {
      assertThat(failovers.get(next).path("requestedAt").stringValue())
          .isGreaterThan(failovers.get(next - 1).path("finishedAt").stringValue());
    }
  }

  @Test
  void goesOnWithTheOthersWhenOneIsGone() {
    var datastores = datastores(4);
    baton.strike(datastores.getFirst(), Fault.hold(), 1);
    var id = accepted(Map.of("maxConcurrent", 1));
    awaitCount(id, "SWITCHING", 1);
    strike(datastores.get(1), Fault.error(404, "GlobalReplicationGroupNotFoundFault"));
    baton.promoteWithoutBaton(datastores.get(2), OREGON, "usw2");

    baton.aws().release();

    var ended = awaitEnd(id, "FAILED");
    assertThat(ended.path("counts").path("SUCCEEDED").intValue()).isGreaterThanOrEqualTo(2);
    assertThat(ended.path("firstErrors").get(0).path("globalReplicationGroupId").stringValue())
        .isEqualTo(datastores.get(1));
    assertThat(baton.aws().effectivePromotions(datastores.get(3))).isEqualTo(1);
  }

  @Test
  void namesTheRuleThatRefusesSomeOfItByNow() {
    var datastores = datastores(3);
    baton.strike(datastores.getFirst(), Fault.hold(), 1);
    var id = accepted(Map.of("maxConcurrent", 1));
    awaitCount(id, "SWITCHING", 1);
    StoredPolicy.about(datastores.get(1), baton)
        .put("{name: not-there, allowedTargetRegions: [eu-west-1]}");

    baton.aws().release();

    var ended = awaitEnd(id, "FAILED");
    assertThat(ended.path("counts").path("SUCCEEDED").intValue()).isEqualTo(2);
    assertThat(ended.path("counts").path("DENIED").intValue()).isEqualTo(1);
    var error = ended.path("firstErrors").get(0);
    assertThat(error.path("globalReplicationGroupId").stringValue()).isEqualTo(datastores.get(1));
    assertThat(error.path("why").stringValue()).contains("not-there", "us-west-2");
    assertThat(baton.aws().effectivePromotions(datastores.get(1))).isZero();
  }

  @Test
  void goesOnWhenTheTargetRegionIsBack() {
    var datastores = datastores(3);
    baton.strike(datastores.getFirst(), Fault.hold(), 1);
    var id = accepted(Map.of("maxConcurrent", 1, "mode", "FAILOVER", "acceptDataLoss", true));
    awaitCount(id, "SWITCHING", 1);

    baton.aws().darken(OREGON, Darkness.SILENT);
    baton.aws().release();
    await()
        .during(Duration.ofSeconds(3))
        .atMost(PATIENCE)
        .until(() -> evacuation(id).path("status").stringValue().equals("RUNNING"));
    baton.aws().lightUp(OREGON);

    awaitEnd(id, "SUCCEEDED");
    datastores.forEach(one -> assertThat(baton.aws().effectivePromotions(one)).isEqualTo(1));
  }

  @Test
  void isFollowedByServerSentEventsThatResume() {
    datastores(2);
    var id = accepted(Map.of());
    var stream = "/v1/evacuations/" + id + "/events";
    var caller = baton.alice().with("Accept", "text/event-stream");

    var told = caller.get(stream).http().body();

    assertThat(told).contains("EVACUATION_REQUESTED", "EVACUATION_SUCCEEDED", "id: 1\n");
    var resumed = caller.with("Last-Event-ID", "1").get(stream);
    assertThat(resumed.http().body()).contains("EVACUATION_SUCCEEDED").doesNotContain("id: 1\n");
    var last = Integer.toString(eventTypes(id).size());
    assertThat(caller.with("Last-Event-ID", last).get(stream).status()).isEqualTo(204);
    assertThat(caller.get("/v1/evacuations/" + UUID.randomUUID() + "/events").status())
        .isEqualTo(404);
  }

  @Test
  void takesBackWhatItHasMoved() {
    var datastores = datastores(3);
    StoredPolicy.about(prefix + "*", baton).put("{name: any-time, coolDown: PT1S}");
    var id = accepted(rescue());
    awaitEnd(id, "SUCCEEDED");
    baton.promoteWithoutBaton(datastores.getLast(), VIRGINIA, "use1");
    awaitPrimary(datastores.getLast(), VIRGINIA);

    var answer =
        baton
            .alice()
            .post(
                "/v1/evacuations/" + id + "/rollback",
                json(
                    Map.of(
                        "comment", "it is sound again",
                        "mode", "FAILOVER",
                        "acceptDataLoss", true)));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(202);
    var back = answer.json();
    assertThat(back.path("rollbackOf").stringValue()).isEqualTo(id);
    assertThat(back.path("total").intValue()).isEqualTo(2);
    assertThat(back.path("leftOut").get(0).path("globalReplicationGroupId").stringValue())
        .isEqualTo(datastores.getLast());
    var backId = back.path("id").stringValue();
    awaitEnd(backId, "SUCCEEDED");
    assertThat(members(backId))
        .filteredOn(one -> one.has("failoverId"))
        .allMatch(one -> baton.failover(one.path("failoverId").stringValue()).has("failbackOf"));
  }

  @Test
  void isRefusedWhereItIsPartOfAnother() {
    var datastores = datastores(2);
    baton.strike(datastores.getFirst(), Fault.hold(), 1);
    var id = accepted(Map.of("maxConcurrent", 1));
    awaitCount(id, "SWITCHING", 1);

    var second = ask("", Map.of());

    assertThat(second.problem()).isEqualTo("409 /problems/nothing-to-evacuate");
    assertThat(
            second.json().path("leftOut").valueStream().map(one -> one.path("why").stringValue()))
        .allMatch(why -> why.equals("it is part of evacuation " + id));
    baton.aws().release();
    awaitEnd(id, "SUCCEEDED");
  }

  @Test
  void namesAllThatIsWrongWithARequest() {
    var answer =
        baton
            .alice()
            .post(
                "/v1/evacuations",
                json(
                    Map.of(
                        "fromRegion",
                        VIRGINIA,
                        "toRegion",
                        VIRGINIA,
                        "selector",
                        Map.of("globalReplicationGroupIds", List.of("*")),
                        "waveSize",
                        0,
                        "mode",
                        "FAILOVER")));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(
            answer.json().path("violations").valueStream().map(one -> one.path("field").asString()))
        .containsExactlyInAnyOrder(
            "toRegion",
            "selector.globalReplicationGroupIds",
            "waveSize",
            "acceptDataLoss",
            "reason");
  }

  @Test
  void meansEverythingOnlyIfItSaysSo() {
    for (var selector : List.of("{}", "{\"all\": false}", "{\"accountIds\": [\"000000000000\"]}")) {
      var answer =
          baton
              .alice()
              .post(
                  "/v1/evacuations",
                  """
                  {"fromRegion": "us-east-1", "toRegion": "us-west-2", "reason": "x",
                   "selector": %s}
                  """
                      .formatted(selector));
      assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
      assertThat(answer.http().body()).contains("everything is meant only if it says so");
    }
  }

  @Test
  void saysThatThereIsNothingToMove() {
    var answer = ask("", Map.of());
    assertThat(answer.problem()).isEqualTo("409 /problems/nothing-to-evacuate");
    assertThat(answer.json().path("detail").stringValue())
        .contains("No Global datastore that is selected has its primary in us-east-1");
  }

  @Test
  void isFollowedInATerminal() {
    datastores(2);
    var id = accepted(Map.of());

    var watched = baton.alice().get("/v1/evacuations/" + id + "/watch").http().body();

    assertThat(watched)
        .contains("requested by alice: us-east-1 is dr")
        .containsPattern("SUCCEEDED after [0-9.]+ s: 2 succeeded");
    assertThat(watched.lines()).allMatch(line -> line.length() <= 80);
    assertThat(
            baton
                .alice()
                .with("Accept", "text/plain")
                .get("/v1/evacuations/" + id + "/failovers")
                .http()
                .body())
        .contains("WAVE", prefix + "-1", "SUCCEEDED");
  }

  private List<String> datastores(int count) {
    var ids = IntStream.rangeClosed(1, count).mapToObj(one -> prefix + "-" + one).toList();
    ids.forEach(id ->
        baton
            .aws()
            .add(
                SimulatedDatastore.of(
                    id,
                    Member.primary(id + "-use1", VIRGINIA),
                    Member.secondary(id + "-usw2", OREGON))));
    return ids;
  }

  private void strike(String datastore, Fault fault) {
    baton.aws().inject(Injection.of(fault).on(FAIL_OVER).about(datastore).times(1));
  }

  private static Map<String, Object> rescue() {
    return Map.of("mode", "FAILOVER", "acceptDataLoss", true);
  }

  private Caller.Answer ask(String query, Map<String, Object> further) {
    var fields = new TreeMap<String, Object>(further);
    fields.putIfAbsent("fromRegion", VIRGINIA);
    fields.put("toRegion", OREGON);
    fields.put("selector", Map.of("globalReplicationGroupIds", List.of(prefix + "*")));
    fields.put("reason", "us-east-1 is drained");
    return baton.alice().post("/v1/evacuations" + query, json(fields));
  }

  private String accepted(Map<String, Object> further) {
    var answer = ask("", further);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(202);
    return answer.json().path("id").stringValue();
  }

  private static String json(Map<String, Object> fields) {
    return JsonMapper.shared().writeValueAsString(fields);
  }

  private void act(String id, String what, String user) {
    var answer = refused(id, what, user);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
  }

  private Caller.Answer refused(String id, String what, String user) {
    return baton
        .as(user)
        .post("/v1/evacuations/" + id + "/" + what, "{\"comment\": \"looked at it\"}");
  }

  private JsonNode evacuation(String id) {
    var answer = baton.alice().get("/v1/evacuations/" + id);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode awaitStatus(String id, String status) {
    return await()
        .alias("evacuation " + id + " is " + status)
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> evacuation(id), one -> one.path("status").stringValue().equals(status));
  }

  private JsonNode awaitEnd(String id, String status) {
    var ended =
        await()
            .alias("evacuation " + id + " ends")
            .atMost(PATIENCE)
            .pollInterval(POLL)
            .until(() -> evacuation(id), one -> one.has("finishedAt"));
    assertThat(ended.path("status").stringValue()).as(ended.toString()).isEqualTo(status);
    return ended;
  }

  private void awaitCount(String id, String status, int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> evacuation(id).path("counts").path(status).asInt(0) == count);
  }

  private void awaitPrimary(String datastore, String region) {
    await()
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() ->
            baton
                .alice()
                .get("/v1/global-datastores/" + datastore)
                .json()
                .path("lastMove")
                .path("to")
                .asString("")
                .equals(region));
  }

  private List<JsonNode> members(String id) {
    return baton
        .alice()
        .get("/v1/evacuations/" + id + "/failovers?limit=200")
        .json()
        .path("items")
        .valueStream()
        .toList();
  }

  private List<String> eventTypes(String id) {
    return baton
        .alice()
        .get("/v1/evacuations/" + id + "/events")
        .json()
        .path("items")
        .valueStream()
        .map(one -> one.path("type").stringValue())
        .toList();
  }

  /** Those that were to fail over any of this test's. */
  private long calls() {
    return baton.aws().calls().stream()
        .filter(call -> call.action().equals(FAIL_OVER))
        .filter(call -> call.globalReplicationGroupId().startsWith(prefix + "-"))
        .count();
  }
}
