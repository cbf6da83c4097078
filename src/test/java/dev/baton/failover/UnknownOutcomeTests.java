package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.CalmWorld;
import dev.baton.RunningBaton;
import dev.baton.simulator.Fault;
import dev.baton.simulator.PromotionPlan;
import dev.baton.simulator.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@BatonTest
class UnknownOutcomeTests {
  @Autowired private RunningBaton baton;

  static Stream<Fault> lostAnswers() {
    return Stream.of(Fault.cutAfter(), Fault.errorAfter(), Fault.silenceAfter());
  }

  @ParameterizedTest
  @MethodSource("lostAnswers")
  void doesNotSendTwiceWhenTheAnswerIsLost(Fault lostAnswer) {
    var datastore = baton.datastore();
    baton.strike(datastore, lostAnswer, 1);

    var id = baton.accepted(Ask.switchover(datastore));

    var ended = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("PROMOTED");
    assertThat(statuses(id)).contains("OUTCOME_UNKNOWN").endsWith("SUCCEEDED");
    assertThat(ended.path("attempts").get(0).path("outcome").stringValue()).isEqualTo("UNKNOWN");
    assertThat(baton.calls(datastore)).hasSize(1);
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void seesTheEffectOfALostAnswerThoughTheStatusLags() {
    var datastore = baton.datastore();
    baton
        .aws()
        .promotionsGo(
            CalmWorld.QUICK
                .withStatusDelay(Duration.ofSeconds(2))
                .withDuration(Duration.ofSeconds(3)));
    baton.strike(datastore, Fault.cutAfter(), 1);

    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");

    assertThat(baton.calls(datastore)).hasSize(1);
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void sendsAgainOnlyOnceAwsHasLongShownTheOldRoles() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.cutBefore(), 1);

    var id = baton.accepted(Ask.switchover(datastore));

    var ended = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(statuses(id)).contains("OUTCOME_UNKNOWN").endsWith("SUCCEEDED");
    assertThat(ended.path("attempts")).hasSize(2);
    assertThat(baton.calls(datastore)).extracting(RecordedCall::acted).containsExactly(false, true);
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
    var landsBefore =
        Instant.parse(intents(id).getFirst().path("data").path("landsBefore").stringValue());
    assertThat(baton.calls(datastore).getLast().at())
        .isAfterOrEqualTo(landsBefore.plus(Duration.ofMillis(500)));
  }

  @Test
  void isWatchedWhenItTakesTooLongAndMayStillSucceed() {
    var datastore = baton.datastore();
    baton.aws().promotionsGo(CalmWorld.QUICK.withDuration(Duration.ofMillis(6500)));

    var id = baton.accepted(Ask.switchover(datastore));

    var stalled = baton.await(id, "STALLED");
    assertThat(stalled.has("finishedAt")).isFalse();
    assertThat(stalled.path("explanation").stringValue())
        .contains("Stalled", "may still succeed", "us-west-2");
    assertThat(baton.ask(Ask.failover(datastore)).status()).isEqualTo(409);
    var ended = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("PROMOTED");
    assertThat(baton.eventTypes(id)).containsSubsequence("FAILOVER_STALLED", "FAILOVER_SUCCEEDED");
    assertThat(baton.calls(datastore)).hasSize(1);
  }

  @Test
  void failsOnEvidenceWhenAwsGoesBackToTheOldRoles() {
    var datastore = baton.datastore();
    baton.aws().promotionsGo(CalmWorld.QUICK.withEnding(PromotionPlan.Ending.ROLLED_BACK));

    var id = baton.accepted(Ask.switchover(datastore));

    var ended = baton.awaitEnd(id, "FAILED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("NONE");
    assertThat(ended.path("explanation").stringValue())
        .contains("AWS has shown the target as a secondary", "the primary in us-east-1");
    assertThat(baton.calls(datastore)).hasSize(1);
  }

  private List<JsonNode> intents(String id) {
    return baton.events(id).stream()
        .filter(event -> event.path("type").stringValue().equals("CALL_INTENDED"))
        .toList();
  }

  private List<String> statuses(String id) {
    return baton.events(id).stream()
        .map(event -> event.path("data").path("status").stringValue())
        .toList();
  }
}
