package dev.baton.failover;

import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.core.Region;
import dev.baton.simulator.Fault;
import dev.baton.simulator.RecordedCall;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** Oregon, the target, refuses connections. */
@BatonTest
@Import(CutOffRegions.class)
class RegionChoiceTests {
  private static final Region OREGON = new Region("us-west-2");

  @Autowired private RunningBaton baton;
  @Autowired private CutOffRegions regions;

  @AfterEach
  void reconnect() {
    regions.reconnect();
  }

  @Test
  void triesTheNextMembersRegionWithAnAttemptOfItsOwn() {
    var datastore = baton.datastore();
    regions.cutOffChanges(OREGON);

    var id = baton.accepted(Ask.switchover(datastore));

    var ended = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(attempts(ended))
        .containsExactly(tuple("us-west-2", "NOT_EXECUTED"), tuple("us-east-1", "ACCEPTED"));
    assertThat(baton.calls(datastore)).extracting(RecordedCall::region).containsExactly(VIRGINIA);
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
    assertThat(intents(id)).containsExactly(tuple(1, "us-west-2"), tuple(2, "us-east-1"));
    assertThat(answer(id, 2).path("region").stringValue()).isEqualTo("us-east-1");
  }

  @Test
  void staysWithTheTargetWhenAnythingButTheConnectionFails() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.throttle(), 2);

    var ended = baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");

    assertThat(attempts(ended))
        .extracting(one -> one.toList().getFirst())
        .containsOnly("us-west-2");
  }

  @Test
  void rescuesThroughAnotherRegionWhereTheTargetsEndpointIsOutOfReach() {
    var datastore = baton.datastore();
    regions.cutOff(OREGON);

    var id = baton.accepted(Ask.failover(datastore));

    baton.await(id, "PROMOTING");
    await().until(() -> baton.aws().effectivePromotions(datastore) == 1);
    // Only the target's own word ends it.
    assertThat(baton.failover(id).has("finishedAt")).isFalse();
    regions.reconnect();
    var ended = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(attempts(ended))
        .containsExactly(tuple("us-west-2", "NOT_EXECUTED"), tuple("us-east-1", "ACCEPTED"));
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void switchesNothingOverWhereTheTargetsEndpointIsOutOfReach() {
    var datastore = baton.datastore();
    regions.cutOff(OREGON);

    assertThat(baton.ask(Ask.switchover(datastore)).problem())
        .isEqualTo("503 /problems/aws-unavailable");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void goesRoundAndExpiresWhereNoEndpointCanBeReached() {
    var datastore = baton.datastore();
    for (var region : List.of("us-west-2", "us-east-1", "eu-west-1")) {
      regions.cutOffChanges(new Region(region));
    }

    var id = baton.accepted(Ask.failover(datastore).with("startBefore", soon()));

    var ended = baton.awaitEnd(id, "EXPIRED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("NONE");
    assertThat(attempts(ended))
        .startsWith(
            tuple("us-west-2", "NOT_EXECUTED"),
            tuple("us-east-1", "NOT_EXECUTED"),
            tuple("eu-west-1", "NOT_EXECUTED"));
    assertThat(baton.calls(datastore)).isEmpty();
  }

  private static String soon() {
    return Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static List<Tuple> attempts(JsonNode failover) {
    return failover
        .path("attempts")
        .valueStream()
        .map(one -> tuple(one.path("region").stringValue(), one.path("outcome").stringValue()))
        .toList();
  }

  private List<Tuple> intents(String id) {
    return baton.events(id).stream()
        .filter(event -> event.path("type").stringValue().equals("CALL_INTENDED"))
        .map(event -> event.path("data"))
        .map(data -> tuple(data.path("attempt").intValue(), data.path("region").stringValue()))
        .toList();
  }

  private JsonNode answer(String id, int attempt) {
    return baton.events(id).stream()
        .filter(event -> event.path("type").stringValue().equals("CALL_ANSWERED"))
        .map(event -> event.path("data"))
        .filter(data -> data.path("attempt").intValue() == attempt)
        .findFirst()
        .orElseThrow();
  }
}
