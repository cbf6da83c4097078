package dev.baton.failover;

import static dev.baton.RunningBaton.IRELAND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.CalmWorld;
import dev.baton.RunningBaton;
import dev.baton.simulator.FlipOrder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

@BatonTest
class AcceptedFailoverTests {
  @Autowired private RunningBaton baton;

  @ParameterizedTest
  @EnumSource
  void succeedsOnceRolesAndStatusHaveChangedInWhateverOrder(FlipOrder order) {
    var datastore = baton.datastore();
    var plan = CalmWorld.QUICK.withDuration(Duration.ofMillis(1800));
    baton.aws().promotionsGo(plan.withFlips(order, Duration.ofMillis(1200)));

    var ended = baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");

    assertThat(ended.path("effect").stringValue()).isEqualTo("PROMOTED");
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
    assertThat(baton.calls(datastore)).hasSize(1);
    assertThat(primaryInAws(datastore)).isEqualTo("us-west-2");
    assertThat(Instant.parse(ended.path("finishedAt").stringValue()))
        .isAfterOrEqualTo(baton.calls(datastore).getFirst().at().plus(plan.duration()));
  }

  @Test
  void failsOverWithoutLookingAtTheOldPrimary() {
    var datastore = baton.datastore();

    var ended = baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");

    assertThat(ended.path("mode").stringValue()).isEqualTo("FAILOVER");
    assertThat(ended.path("acceptDataLoss").booleanValue()).isTrue();
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void answersWithTheFailoverAndWhereToFollowIt() {
    var datastore = baton.datastore();

    var answer = baton.ask(Ask.switchover(datastore).with("reference", "OPS-7"));

    assertThat(answer.status()).isEqualTo(202);
    var view = answer.json();
    var id = view.path("id").stringValue();
    assertThat(answer.header("Location")).isEqualTo("/v1/failovers/" + id);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.header("ETag")).matches("\"[^\"]+\"");
    assertThat(view.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "status",
            "mode",
            "effect",
            "simulated",
            "accountId",
            "globalReplicationGroupId",
            "sourceRegion",
            "targetRegion",
            "targetReplicationGroupId",
            "reason",
            "reference",
            "acceptDataLoss",
            "startBefore",
            "overrides",
            "requestedBy",
            "requestedAt",
            "updatedAt",
            "decision",
            "policyChanges",
            "approvalsDemanded",
            "approvals",
            "awaitingReview",
            "attempts",
            "explanation");
    assertThat(view.path("status").stringValue()).isEqualTo("PENDING");
    assertThat(view.path("mode").stringValue()).isEqualTo("SWITCHOVER");
    assertThat(view.path("effect").stringValue()).isEqualTo("UNKNOWN");
    assertThat(view.path("simulated").booleanValue()).isTrue();
    assertThat(view.path("accountId").stringValue()).isEqualTo("000000000000");
    assertThat(view.path("globalReplicationGroupId").stringValue()).isEqualTo(datastore);
    assertThat(view.path("sourceRegion").stringValue()).isEqualTo("us-east-1");
    assertThat(view.path("targetRegion").stringValue()).isEqualTo("us-west-2");
    assertThat(view.path("targetReplicationGroupId").stringValue()).isEqualTo(datastore + "-usw2");
    assertThat(view.path("reason").stringValue()).isEqualTo("us-east-1 is drained");
    assertThat(view.path("reference").stringValue()).isEqualTo("OPS-7");
    assertThat(view.path("acceptDataLoss").booleanValue()).isFalse();
    assertThat(view.path("requestedBy")).hasToString("{\"subject\":\"alice\",\"kind\":\"PERSON\"}");
    assertThat(Instant.parse(view.path("startBefore").stringValue()))
        .isEqualTo(
            Instant.parse(view.path("requestedAt").stringValue()).plus(Duration.ofMinutes(15)));
    assertThat(view.path("explanation").stringValue()).isNotBlank();
    baton.awaitEnd(id, "SUCCEEDED");
  }

  @Test
  void showsEachRulesVerdict() {
    var datastore = baton.datastore();

    var id = baton.accepted(Ask.switchover(datastore));

    var decision = baton.awaitEnd(id, "SUCCEEDED").path("decision");
    assertThat(decision.path("outcome").stringValue()).isEqualTo("PASSED");
    assertThat(decision.path("rules").valueStream())
        .extracting(rule -> rule.path("rule").stringValue())
        .containsExactly(
            "allowed-target-regions",
            "allowed-modes",
            "cool-down",
            "max-replication-lag",
            "readiness");
    assertThat(decision.path("rules").valueStream())
        .allSatisfy(rule -> {
          assertThat(rule.path("policy").stringValue()).isEqualTo("default");
          assertThat(rule.path("seen").stringValue()).isNotBlank();
          assertThat(rule.path("demanded").stringValue()).isNotBlank();
        });
  }

  @Test
  void namesAwsRequestIdAndTheNewPrimary() {
    var datastore = baton.datastore();

    var ended = baton.awaitEnd(baton.accepted(Ask.switchover(datastore).to(IRELAND)), "SUCCEEDED");

    var call = baton.calls(datastore).getFirst();
    assertThat(ended.path("attempts")).hasSize(1);
    var attempt = ended.path("attempts").get(0);
    assertThat(attempt.path("number").intValue()).isEqualTo(1);
    assertThat(attempt.path("action").stringValue()).isEqualTo("FailoverGlobalReplicationGroup");
    assertThat(attempt.path("region").stringValue()).isEqualTo("eu-west-1");
    assertThat(attempt.path("outcome").stringValue()).isEqualTo("ACCEPTED");
    assertThat(attempt.path("awsRequestId").stringValue()).isEqualTo(call.requestId());
    assertThat(Instant.parse(attempt.path("sentAt").stringValue())).isBeforeOrEqualTo(call.at());
    assertThat(Instant.parse(attempt.path("answeredAt").stringValue())).isAfter(call.at());
    assertThat(call.region()).isEqualTo("eu-west-1");
    assertThat(call.parameters())
        .containsEntry("PrimaryRegion", "eu-west-1")
        .containsEntry("PrimaryReplicationGroupId", datastore + "-euw1");
    assertThat(ended.path("newPrimary"))
        .hasToString(
            "{\"region\":\"eu-west-1\",\"replicationGroupId\":\"%1$s-euw1\",\"endpoint\":{\"address\":\"master.%1$s-euw1.ldgnf.euw1.cache.amazonaws.com\",\"port\":6379}}"
                .formatted(datastore));
  }

  @Test
  void takesTheMemberThatWasNamed() {
    var datastore = baton.datastore();

    var id =
        baton.accepted(
            Ask.switchover(datastore).with("targetReplicationGroupId", datastore + "-usw2"));

    assertThat(baton.awaitEnd(id, "SUCCEEDED").path("targetReplicationGroupId").stringValue())
        .isEqualTo(datastore + "-usw2");
  }

  @Test
  void refusesAMemberOfAnotherRegionAndNamesTheRightOne() {
    var datastore = baton.datastore();

    var answer =
        baton.ask(Ask.switchover(datastore).with("targetReplicationGroupId", datastore + "-euw1"));

    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
    assertThat(answer.json().path("violations").get(0).path("field").stringValue())
        .isEqualTo("targetReplicationGroupId");
    assertThat(answer.json().path("violations").get(0).path("message").stringValue())
        .contains(datastore + "-usw2", datastore + "-euw1");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void tagsEachStateAndStopsAskingForPatienceAtTheEnd() {
    var datastore = baton.datastore();
    var accepted = baton.ask(Ask.switchover(datastore));
    var id = accepted.json().path("id").stringValue();

    baton.awaitEnd(id, "SUCCEEDED");

    var ended = baton.alice().get("/v1/failovers/" + id);
    assertThat(ended.header("ETag")).matches("\"[^\"]+\"").isNotEqualTo(accepted.header("ETag"));
    assertThat(ended.http().headers().firstValue("Retry-After")).isEmpty();
    var again =
        baton.alice().with("If-None-Match", ended.header("ETag")).get("/v1/failovers/" + id);
    assertThat(again.status()).isEqualTo(304);
  }

  private String primaryInAws(String datastore) {
    return baton.aws().datastores().stream()
        .map(snapshot -> snapshot.datastore())
        .filter(one -> one.globalReplicationGroupId().equals(datastore))
        .flatMap(one -> one.members().stream())
        .filter(member -> member.role().name().equals("PRIMARY"))
        .map(member -> member.region())
        .findFirst()
        .orElseThrow();
  }
}
