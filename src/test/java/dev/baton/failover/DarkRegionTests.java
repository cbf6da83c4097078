package dev.baton.failover;

import static dev.baton.RunningBaton.OREGON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.Darkness;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@BatonTest
class DarkRegionTests {
  private static final Duration FACTS_AGE = Duration.ofSeconds(1);

  @Autowired private RunningBaton baton;

  @ParameterizedTest
  @EnumSource
  void turnsASwitchoverAwayAndRecordsIt(Darkness darkness) {
    var datastore = baton.datastore();
    baton.aws().darken(OREGON, darkness);

    var answer = baton.ask(Ask.switchover(datastore));

    assertThat(answer.problem()).isEqualTo("503 /problems/aws-unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(answer.detail()).contains(datastore, "us-west-2", "Nothing was changed");
    var recorded = recordedAbout(datastore);
    assertThat(recorded.path("type").stringValue()).isEqualTo("FAILOVER_TURNED_AWAY");
    assertThat(recorded.path("actor").path("subject").stringValue()).isEqualTo("alice");
    assertThat(recorded.path("data").path("reason").stringValue())
        .isEqualTo("us-east-1 is drained");
    assertThat(recorded.path("data").path("problem").stringValue())
        .isEqualTo("/problems/aws-unavailable");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void acceptsARescueByWhatWasSeenLastAndSendsItOnceTheRegionIsLit(Darkness darkness) {
    var datastore = seenInOregon();
    baton.aws().darken(OREGON, darkness);

    var id = baton.accepted(Ask.failover(datastore));

    assertThat(baton.failover(id).path("sourceRegion").stringValue()).isEqualTo("us-east-1");
    baton.awaitEvent(id, "FAILOVER_WAITING");
    assertThat(baton.failover(id).path("explanation").stringValue())
        .contains("AWS can't be read in us-west-2");
    assertThat(baton.aws().effectivePromotions(datastore)).isZero();
    baton.aws().lightUp(OREGON);
    baton.awaitEnd(id, "SUCCEEDED");
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void needsNothingOfThePrimarysRegionForARescue() {
    var datastore = baton.datastore();
    baton.aws().darken(RunningBaton.VIRGINIA, Darkness.SILENT);

    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");
  }

  @Test
  void expiresIfItCouldNotBeSentInTime() {
    var datastore = seenInOregon();
    baton.aws().darken(OREGON, Darkness.CLOSES);
    var startBefore = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);

    var id = baton.accepted(Ask.failover(datastore).with("startBefore", startBefore.toString()));

    var ended = baton.awaitEnd(id, "EXPIRED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("NONE");
    assertThat(ended.path("explanation").stringValue())
        .contains("Expired", startBefore.toString(), "may be requested again");
    assertThat(Instant.parse(ended.path("finishedAt").stringValue())).isAfterOrEqualTo(startBefore);
    assertThat(baton.eventTypes(id)).endsWith("FAILOVER_EXPIRED").doesNotContain("CALL_INTENDED");
    baton.aws().lightUp(OREGON);
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void turnsARescueAwayOfADatastoreThatWasNeverSeenAnywhere() {
    for (var region : List.of(OREGON, RunningBaton.VIRGINIA, RunningBaton.IRELAND)) {
      baton.aws().darken(region, Darkness.CLOSES);
    }
    var datastore = baton.datastore();

    assertThat(baton.ask(Ask.failover(datastore)).problem())
        .isEqualTo("503 /problems/aws-unavailable");
  }

  @Test
  void acceptsARescueByWhatAnotherRegionShowedLast() {
    var datastore = baton.datastore();
    assertThat(
            baton
                .ask(
                    Ask.switchover(datastore)
                        .to(RunningBaton.IRELAND)
                        .with("expectedPrimaryRegion", OREGON))
                .status())
        .isEqualTo(409);
    baton.aws().darken(OREGON, Darkness.CLOSES);

    var id = baton.accepted(Ask.failover(datastore));

    assertThat(baton.failover(id).path("sourceRegion").stringValue()).isEqualTo("us-east-1");
    baton.aws().lightUp(OREGON);
    baton.awaitEnd(id, "SUCCEEDED");
  }

  /** A request that is refused has the target Region looked at. */
  private String seenInOregon() {
    var datastore = baton.datastore();
    assertThat(
            baton
                .ask(Ask.switchover(datastore).with("expectedPrimaryRegion", "eu-west-1"))
                .status())
        .isEqualTo(409);
    // what was seen must be too old to act on, or the call would be sent into the dark
    await().until(() -> observedAt(datastore).plus(FACTS_AGE).isBefore(Instant.now()));
    return datastore;
  }

  private Instant observedAt(String datastore) {
    var seen = baton.alice().get("/v1/global-datastores/" + datastore).json();
    return Instant.parse(seen.path("observedAt").stringValue());
  }

  private JsonNode recordedAbout(String datastore) {
    var entries = baton.audit("global-datastore/000000000000/" + datastore);
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }
}
