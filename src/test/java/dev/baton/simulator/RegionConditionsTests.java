package dev.baton.simulator;

import static dev.baton.simulator.Scene.IRELAND;
import static dev.baton.simulator.Scene.OREGON;
import static dev.baton.simulator.Scene.PATIENCE;
import static dev.baton.simulator.Scene.SESSIONS;
import static dev.baton.simulator.Scene.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.RecordedCall.Progress;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheException;

class RegionConditionsTests {

  private final Scene scene = new Scene(SimulatorSettings.local().withRegionPort(OREGON, 0));
  private final Simulator simulator = scene.simulator;

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void showsFromOneRegionHowThingsWere() throws Exception {
    conditions("\"region\": \"us-west-2\", \"behind\": \"PT30S\"");
    scene.failOver(IRELAND);
    scene.pass(Duration.ofSeconds(29));

    assertThat(scene.statusAndPrimary(OREGON)).isEqualTo("available us-east-1");
    assertThat(roleOfOregonsGroup()).isEqualTo("SECONDARY");
    assertThat(scene.statusAndPrimary(VIRGINIA)).isEqualTo("available eu-west-1");

    scene.pass(Duration.ofSeconds(5));
    assertThat(scene.statusAndPrimary(OREGON)).isEqualTo("available eu-west-1");
  }

  @Test
  void showsEachPastThatThereWas() throws Exception {
    scene.failOver(IRELAND);
    scene.pass(Duration.ofSeconds(10));
    scene.failOver(OREGON);
    scene.pass(Duration.ofSeconds(10));

    conditions("\"region\": \"us-west-2\", \"behind\": \"PT12S\"");
    assertThat(scene.statusAndPrimary(OREGON)).isEqualTo("available eu-west-1");
    conditions("\"region\": \"us-west-2\", \"behind\": \"PT1H\"");
    assertThat(scene.statusAndPrimary(OREGON)).isEqualTo("available us-east-1");
    assertThat(roleOfOregonsGroup()).isEqualTo("SECONDARY");
  }

  @Test
  void actsOnThePresentThroughARegionThatShowsThePast() throws Exception {
    conditions("\"region\": \"us-west-2\", \"frozen\": true");
    scene.failOver(OREGON);
    scene.pass(Duration.ofHours(1));

    assertThat(scene.statusAndPrimary(OREGON)).isEqualTo("available us-east-1");
    assertThat(simulator.effectivePromotions()).isEqualTo(1);
    conditions("\"region\": \"us-west-2\"");
    assertThat(scene.statusAndPrimary(OREGON)).isEqualTo("available us-west-2");
  }

  @Test
  void takesItsTimeBeforeItActs() throws Exception {
    conditions("\"region\": \"us-west-2\", \"latency\": \"PT10M\"");
    var call = CompletableFuture.supplyAsync(scene::failOverToOregon);
    await()
        .atMost(PATIENCE)
        .until(() -> simulator.calls().stream().anyMatch(c -> c.progress() == Progress.DELAYED));
    assertThat(simulator.effectivePromotions()).isZero();

    simulator.clearFaults();

    assertThat(call).succeedsWithin(PATIENCE);
    assertThat(simulator.effectivePromotions()).isEqualTo(1);
  }

  @Test
  void answersWhenTheLatencyIsOver() throws Exception {
    conditions("\"region\": \"us-west-2\", \"latency\": \"PT0.3S\"");
    scene.statusAndPrimary(VIRGINIA);
    long before = System.nanoTime();

    scene.statusAndPrimary(OREGON);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(300));
  }

  @ParameterizedTest
  @CsvSource({"Throttling", "APICallRateForCustomerExceeded"})
  void letsSoManyReadsThroughAndThenSoManyASecond(String code) throws Exception {
    conditions(
        """
        "region": "us-west-2", "readLimit": {"perSecond": 0.5, "burst": 2, "code": "%s"}\
        """
            .formatted(code));
    scene.statusAndPrimary(OREGON);
    scene.statusAndPrimary(OREGON);

    assertThat(readingOregonFailsWith()).isEqualTo(code);
    assertThat(simulator.calls().getLast().errorCode()).isEqualTo(code);
    assertThat(simulator.calls().getLast().acted()).isFalse();
    scene.statusAndPrimary(VIRGINIA);
    scene.failOverToOregon();

    scene.pass(Duration.ofSeconds(2));
    scene.statusAndPrimary(OREGON);
    assertThat(readingOregonFailsWith()).isEqualTo(code);
  }

  @Test
  void boundsChangesApartFromReads() throws Exception {
    conditions("\"region\": \"us-west-2\", \"changeLimit\": {\"perSecond\": 0, \"burst\": 0}");

    assertThatThrownBy(scene::failOverToOregon)
        .isInstanceOfSatisfying(
            ElastiCacheException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("Throttling"));
    assertThat(simulator.effectivePromotions(SESSIONS)).isZero();
    scene.statusAndPrimary(OREGON);
  }

  @Test
  void keepsItsTokensWhenAnotherConditionChanges() {
    var limited = RegionConditions.usual().withReadLimit(RateLimit.of(0, 1));
    simulator.conditions(OREGON, limited);
    scene.statusAndPrimary(OREGON);

    simulator.conditions(OREGON, limited.withLatency(Duration.ofMillis(1)));

    assertThat(readingOregonFailsWith()).isEqualTo("Throttling");
  }

  @Test
  void refusesConnectionsAtARegionsOwnPort() throws Exception {
    URI own = simulator.endpoint(OREGON);
    connect(own);

    conditions("\"region\": \"us-west-2\", \"darkness\": \"REFUSES\"");
    assertThatThrownBy(() -> connect(own)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> scene.statusAndPrimary(OREGON)).isInstanceOf(Exception.class);
    scene.statusAndPrimary(VIRGINIA);

    conditions("\"region\": \"us-west-2\"");
    connect(own);
    assertThat(simulator.endpoint(OREGON)).isEqualTo(own);
    scene.statusAndPrimary(OREGON);
  }

  @Test
  void answersAtARegionsOwnPort() {
    assertThat(
            scene
                .at(simulator.endpoint(OREGON), OREGON)
                .describeReplicationGroups()
                .replicationGroups())
        .hasSize(1);
  }

  @Test
  void becomesUsualWhenTheFaultsAreCleared() {
    simulator.conditions(
        OREGON,
        RegionConditions.usual()
            .withDarkness(Darkness.REFUSES)
            .withChangeLimit(RateLimit.of(0, 0))
            .behind(Duration.ofHours(1)));

    simulator.clearFaults();

    assertThat(simulator.unusualRegions()).isEmpty();
    scene.failOverToOregon();
  }

  private void conditions(String body) throws Exception {
    assertThat(scene.post("/simulator/regions", "{" + body + "}").statusCode()).isEqualTo(200);
  }

  private String roleOfOregonsGroup() {
    return scene
        .in(OREGON)
        .describeReplicationGroups()
        .replicationGroups()
        .getFirst()
        .globalReplicationGroupInfo()
        .globalReplicationGroupMemberRole();
  }

  private String readingOregonFailsWith() {
    try {
      return scene.statusAndPrimary(OREGON);
    } catch (ElastiCacheException e) {
      return e.awsErrorDetails().errorCode();
    }
  }

  private static void connect(URI endpoint) throws Exception {
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }
}
