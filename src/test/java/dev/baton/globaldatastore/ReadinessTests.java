package dev.baton.globaldatastore;

import static dev.baton.RunningBaton.IRELAND;
import static dev.baton.RunningBaton.OREGON;
import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import dev.baton.simulator.Darkness;
import dev.baton.simulator.Disguise;
import dev.baton.simulator.Fault;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Readiness as it is judged while observers look on. A Region is silent after eleven seconds. */
@BatonTest
@TestPropertySource(
    properties = {
      "baton.observer.idle=500ms",
      "baton.observer.slowest=500ms",
      "baton.readiness.survey-every=1s",
      "baton.readiness.kept-for=1s"
    })
class ReadinessTests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Autowired private RunningBaton baton;

  @Test
  void isReadyWhereNothingStandsAgainstIt() {
    var datastore = baton.datastore();

    var ready = awaited(datastore, it -> isAt(it, OREGON, "READY") && isAt(it, IRELAND, "READY"));

    assertThat(ready.path("globalReplicationGroupId").stringValue()).isEqualTo(datastore);
    assertThat(ready.path("items").valueStream().map(it -> it.path("targetRegion").stringValue()))
        .containsExactly(IRELAND, OREGON);
    for (var target : ready.path("items")) {
      assertThat(target.path("reasons")).isEmpty();
      assertThat(time(target, "since")).isBeforeOrEqualTo(time(target, "judgedAt"));
    }
  }

  @Test
  void isBlockedForAMemberOnItsWayIn() {
    var datastore = ready();
    baton.aws().disguise(datastore, Disguise.none().withMemberStatus(OREGON, "associating"));

    awaited(
        datastore,
        it ->
            reasons(it, OREGON).equals(List.of("BLOCKED MEMBER"))
                && reasons(it, IRELAND).equals(List.of("ATTENTION OTHER_MEMBER")));
  }

  @Test
  void needsAttentionForALagAndIsReadyOnceItIsGone() {
    var datastore = ready();
    var before = target(readiness(datastore), OREGON);
    baton.aws().replicationLag(datastore, 7.25);

    var lagging = awaited(datastore, it -> isAt(it, OREGON, "ATTENTION"));

    assertThat(reasons(lagging, OREGON)).containsExactly("ATTENTION LAG");
    assertThat(target(lagging, OREGON).path("reasons").get(0).path("explanation").stringValue())
        .startsWith("us-west-2 was 7.25 s behind at ");
    assertThat(time(target(lagging, OREGON), "since")).isAfter(time(before, "since"));
    baton.aws().replicationLag(datastore, 0.1);
    awaited(datastore, it -> isAt(it, OREGON, "READY"));
  }

  @Test
  void lastsWhileItsAgeIsRenewed() {
    var datastore = ready();
    baton.aws().noReplicationLag(datastore);
    var first = target(awaited(datastore, it -> isAt(it, OREGON, "ATTENTION")), OREGON);

    var later =
        target(
            awaited(
                datastore,
                it -> time(target(it, OREGON), "judgedAt").isAfter(time(first, "judgedAt"))),
            OREGON);

    assertThat(time(later, "since")).isEqualTo(time(first, "since"));
  }

  @Test
  void needsAttentionForWhatTheTargetWouldLackAsPrimary() {
    var datastore = ready();
    baton
        .aws()
        .replace(
            SimulatedDatastore.of(
                datastore,
                Member.primary(datastore + "-use1", VIRGINIA),
                Member.secondary(datastore + "-usw2", OREGON).withAutomaticFailover("disabled"),
                Member.secondary(datastore + "-euw1", IRELAND)));
    baton
        .aws()
        .disguise(
            datastore,
            Disguise.none().withNodeType(OREGON, "cache.t4g.small").withEngine(OREGON, "redis"));

    var judged = awaited(datastore, it -> reasons(it, OREGON).size() == 3);

    assertThat(reasons(judged, OREGON))
        .containsExactly("ATTENTION AUTOMATIC_FAILOVER", "ATTENTION ENGINE", "ATTENTION NODE_TYPE");
    assertThat(reasons(judged, IRELAND)).isEmpty();
  }

  @Test
  void followsRegionsThatFallSilent() {
    var datastore = ready();
    baton.aws().darken(OREGON, Darkness.SILENT);
    var blocked = awaited(datastore, it -> isAt(it, OREGON, "BLOCKED"));
    assertThat(reasons(blocked, OREGON)).containsExactly("BLOCKED REGION_SILENT");
    assertThat(isAt(blocked, IRELAND, "READY")).isTrue();

    baton.aws().lightUp(OREGON);
    baton.aws().darken(VIRGINIA, Darkness.CLOSES);
    var judged = awaited(datastore, it -> isAt(it, IRELAND, "ATTENTION"));
    assertThat(reasons(judged, IRELAND)).containsExactly("ATTENTION PRIMARY_REGION_SILENT");
    await().atMost(PATIENCE).until(() -> shownLevel(datastore, IRELAND).equals("ATTENTION"));

    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");
  }

  @Test
  void needsAttentionWhileAFailoverIsUnderWayAndMovesWithThePrimary() throws Exception {
    var datastore = ready();
    baton.strike(datastore, Fault.hold(), 1);
    var id = baton.accepted(Ask.failover(datastore));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();

    var during = readiness(datastore);

    assertThat(reasons(during, IRELAND)).containsExactly("ATTENTION LAST_FAILOVER");
    assertThat(during.toString()).contains(id);
    baton.aws().release();
    baton.awaitEnd(id, "SUCCEEDED");
    var after = awaited(datastore, it -> isAt(it, VIRGINIA, "READY"));
    assertThat(target(after, OREGON).isMissingNode()).isTrue();
    await().atMost(PATIENCE).until(() -> shownLevel(datastore, VIRGINIA).equals("READY"));
    assertThat(shownLevel(datastore, OREGON)).isEmpty();
  }

  @Test
  void isJudgedByObserversWithoutBeingAskedFor() {
    var datastore = baton.datastore();

    for (var region : List.of(OREGON, IRELAND)) {
      await().atMost(PATIENCE).until(() -> shownLevel(datastore, region).equals("READY"));
    }
    assertThat(shownLevel(datastore, VIRGINIA)).isEmpty();
    var table = text("/v1/global-datastores?limit=200");
    assertThat(table).startsWith("GLOBAL DATASTORE");
    assertThat(table.lines().findFirst().orElseThrow())
        .containsSubsequence("READINESS", "OBSERVED");
    assertThat(table.lines().filter(line -> line.startsWith(datastore)))
        .singleElement()
        .asString()
        .contains(" READY ");
  }

  @Test
  void isForgottenWithItsDatastore() {
    var datastore = ready();
    baton.aws().disguise(datastore, Disguise.none().withMembers(List.of()));

    await().atMost(PATIENCE).until(() -> readiness(datastore).path("items").isEmpty());
  }

  @Test
  void isShownAsATableWithALineForEachReason() {
    var datastore = ready();
    baton.aws().noReplicationLag(datastore);
    awaited(datastore, it -> isAt(it, OREGON, "ATTENTION") && isAt(it, IRELAND, "ATTENTION"));

    var table = text("/v1/global-datastores/%s/readiness".formatted(datastore)).lines().toList();

    assertThat(table).hasSize(3);
    assertThat(table.getFirst())
        .matches("TARGET +READINESS +SINCE +JUDGED +BECAUSE OF +EXPLANATION");
    assertThat(table.get(2))
        .matches(
            "us-west-2 +ATTENTION +\\S+Z +\\S+Z +LAG +How far us-west-2 is behind is not known: .*");
  }

  @Test
  void isGivenForTheOneThatIsAskedFor() {
    var datastore = ready();

    var one = answer(datastore, "?targetRegion=" + OREGON);
    var primary = answer(datastore, "?targetRegion=" + VIRGINIA);
    var elsewhere = answer(datastore, "?targetRegion=ap-south-1");
    var nonsense = answer(datastore, "?targetRegion=Mars&colour=red");

    assertThat(one.json().path("items")).hasSize(1);
    assertThat(target(one.json(), OREGON).path("level").stringValue()).isEqualTo("READY");
    assertThat(reasons(primary.json(), VIRGINIA)).contains("BLOCKED ROLES");
    assertThat(elsewhere.problem()).isEqualTo("400 /problems/invalid-request");
    assertThat(elsewhere.http().body())
        .contains("(us-east-1, us-west-2, eu-west-1), but is ap-south-1");
    assertThat(nonsense.json().path("violations")).hasSize(2);
    assertThat(answer(RunningBaton.newId(), "").problem())
        .isEqualTo("404 /problems/unknown-global-datastore");
  }

  @Test
  void isCountedByLevel() {
    var datastore = ready();
    baton.aws().disguise(datastore, Disguise.none().withStatus("modifying"));
    awaited(datastore, it -> isAt(it, OREGON, "BLOCKED"));

    await()
        .atMost(PATIENCE)
        .until(() -> counted("BLOCKED", OREGON) >= 1 && counted("READY", OREGON) >= 1);

    assertThat(counted("BLOCKED", VIRGINIA)).isNotNegative();
  }

  @Test
  void isShownByADryRunWithoutHavingBeenObserved() {
    var datastore = baton.datastore();
    baton.aws().disguise(datastore, Disguise.none().withMemberStatus(IRELAND, "associating"));

    var shown =
        baton.alice().post("/v1/failovers?dryRun=true", Ask.switchover(datastore).json()).json();

    assertThat(shown.path("readiness").path("level").stringValue()).isEqualTo("ATTENTION");
    assertThat(codes(shown.path("readiness"))).contains("ATTENTION OTHER_MEMBER");
    assertThat(codes(shown.path("readiness"))).noneMatch(it -> it.startsWith("BLOCKED"));
  }

  @Test
  void refusesASwitchoverToATargetThatIsBlocked() {
    var datastore = baton.datastore();
    baton.aws().disguise(datastore, Disguise.none().withMemberStatus(OREGON, "associating"));

    var refused = baton.ask(Ask.switchover(datastore));

    assertThat(refused.problem()).isEqualTo("403 /problems/refused-by-policy");
    var refusal = refused.json().path("refusals").get(0);
    assertThat(refusal.path("rule").stringValue()).isEqualTo("readiness");
    assertThat(refusal.path("seen").stringValue())
        .startsWith("The readiness of us-west-2 is BLOCKED: ")
        .contains("is 'associating', not 'associated'");
    baton.aws().undisguise(datastore);
    baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");
  }

  @Test
  void doesNotHoldAFailoverAgainstItself() {
    var datastore = ready();

    var ended = baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");

    // as it was decided right before the call
    assertThat(ended.path("decision").path("rules").valueStream())
        .filteredOn(rule -> rule.path("rule").stringValue().equals("readiness"))
        .singleElement()
        .satisfies(rule ->
            assertThat(rule.path("seen").stringValue())
                .isEqualTo("The readiness of us-west-2 is READY."));
  }

  private String ready() {
    var datastore = baton.datastore();
    awaited(datastore, it -> isAt(it, OREGON, "READY") && isAt(it, IRELAND, "READY"));
    return datastore;
  }

  private JsonNode awaited(String datastore, Predicate<JsonNode> wanted) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> readiness(datastore), wanted);
  }

  private JsonNode readiness(String datastore) {
    var answer = answer(datastore, "");
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  private Caller.Answer answer(String datastore, String query) {
    return baton.alice().get("/v1/global-datastores/%s/readiness%s".formatted(datastore, query));
  }

  private String text(String path) {
    return baton.alice().with("Accept", "text/plain").get(path).http().body();
  }

  /** As the list shows it; empty if it doesn't. */
  private String shownLevel(String datastore, String region) {
    return baton
        .alice()
        .get("/v1/global-datastores/" + datastore)
        .json()
        .path("members")
        .valueStream()
        .filter(it -> it.path("replicationGroupRegion").stringValue().equals(region))
        .map(it -> it.path("readiness").stringValue(""))
        .findFirst()
        .orElse("");
  }

  private double counted(String level, String region) {
    return baton
        .as("frank")
        .get(
            "/actuator/metrics/baton.readiness.targets?tag=level:%s&tag=region:%s"
                .formatted(level, region))
        .json()
        .path("measurements")
        .get(0)
        .path("value")
        .doubleValue();
  }

  private static JsonNode target(JsonNode readiness, String region) {
    return readiness
        .path("items")
        .valueStream()
        .filter(it -> it.path("targetRegion").stringValue().equals(region))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static boolean isAt(JsonNode readiness, String region, String level) {
    return target(readiness, region).path("level").stringValue("").equals(level);
  }

  private static List<String> reasons(JsonNode readiness, String region) {
    return codes(target(readiness, region));
  }

  private static List<String> codes(JsonNode target) {
    return target
        .path("reasons")
        .valueStream()
        .map(it -> it.path("level").stringValue() + " " + it.path("code").stringValue())
        .toList();
  }

  private static Instant time(JsonNode target, String field) {
    return Instant.parse(target.path(field).stringValue());
  }
}
