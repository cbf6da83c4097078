package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.CallPace;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.Reading.Seen;
import dev.baton.globaldatastore.ReplicationLag;
import dev.baton.globaldatastore.ReplicationLag.Known;
import dev.baton.globaldatastore.ReplicationLag.Unknown;
import dev.baton.simulator.Darkness;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import dev.baton.simulator.RecordedCall;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import dev.baton.simulator.Simulator;
import dev.baton.simulator.SimulatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Through the SDK's own client for CloudWatch, over HTTP. */
class CloudWatchReplicationLagsTests {
  private static final Instant NOW = Instant.parse("2026-11-23T10:04:30Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final String SESSIONS = "ldgnf-sessions";

  private final Simulator simulator = Simulator.start(SimulatorSettings.local(), CLOCK);
  private final LagProperties usual =
      new LagProperties("Maximum", "ReplicationGroupId", Duration.ofSeconds(20));
  private CloudWatchReplicationLags lags = reading(usual);

  @BeforeEach
  void addADatastore() {
    simulator.add(
        SimulatedDatastore.of(
            SESSIONS,
            Member.primary("sessions-use1", "us-east-1"),
            Member.secondary("sessions-usw2", "us-west-2")));
  }

  @AfterEach
  void close() {
    lags.close();
    simulator.close();
  }

  @Test
  void readsTheNewestMeasurementOfASecondaryInItsRegion() {
    simulator.replicationLag(SESSIONS, 1.25);

    assertThat(lag("sessions-usw2"))
        .isEqualTo(new Known(Duration.ofMillis(1250), Instant.parse("2026-11-23T10:03:00Z"), NOW));
    assertThat(onlyCall().region()).isEqualTo("us-west-2");
    assertThat(onlyCall().parameters())
        .containsEntry("Namespaces", "AWS/ElastiCache")
        .containsEntry("MetricNames", "GlobalDatastoreReplicationLag")
        .containsEntry("Stats", "Maximum")
        .containsEntry("DimensionNames", "ReplicationGroupId")
        .containsEntry("DimensionValues", "sessions-usw2");
  }

  @Test
  void readsALagOfZero() {
    simulator.replicationLag(SESSIONS, 0);

    assertThat(lag("sessions-usw2"))
        .isInstanceOfSatisfying(Known.class, known -> assertThat(known.lag()).isZero());
  }

  @Test
  void doesNotTakeAbsentDataForZero() {
    simulator.noReplicationLag(SESSIONS);

    assertThat(lag("sessions-usw2"))
        .isEqualTo(
            new Unknown(
                "CloudWatch has no GlobalDatastoreReplicationLag of sessions-usw2 (dimension"
                    + " ReplicationGroupId) in us-west-2 within PT5M before "
                    + NOW));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300})
  void doesNotTakeForALagWhatCannotBeOne(double seconds) {
    simulator.replicationLag(SESSIONS, seconds);

    assertThat(lag("sessions-usw2"))
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.reason()).contains("can't be a lag"));
  }

  @Test
  void asksForTheStatisticAndByTheDimensionThatAreConfigured() {
    lags.close();
    lags = reading(new LagProperties("p99", "GlobalReplicationGroupId", Duration.ofSeconds(20)));

    assertThat(lag("sessions-usw2"))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("dimension GlobalReplicationGroupId"));
    assertThat(onlyCall().parameters())
        .containsEntry("Stats", "p99")
        .containsEntry("DimensionNames", "GlobalReplicationGroupId");
  }

  @Test
  void asksForManyDatastoresInOneCall() {
    var secondaries = many(150);
    simulator.replicationLag("ldgnf-d7", 7);

    var answers = seen(secondaries);

    assertThat(answers)
        .hasSize(150)
        .allSatisfy((_, lag) -> assertThat(lag).isInstanceOf(Known.class));
    assertThat(answers.get(new ReplicationGroupId("d7-usw2")))
        .isEqualTo(new Known(Duration.ofSeconds(7), Instant.parse("2026-11-23T10:03:00Z"), NOW));
    assertThat(calls()).hasSize(1);
  }

  @Test
  void followsPagesAndAsksForNoMoreThan500AtOnce() {
    var secondaries = many(501);

    assertThat(seen(secondaries))
        .hasSize(501)
        .allSatisfy((_, lag) -> assertThat(lag).isInstanceOf(Known.class));
    assertThat(calls()).hasSize(4);
    assertThat(calls())
        .allSatisfy(call ->
            assertThat(Arrays.asList(call.parameters().get("DimensionValues").split(",")))
                .hasSizeLessThanOrEqualTo(500));
  }

  @Test
  void keepsWhatWasReadBeforeItFailed() {
    var secondaries = many(501);
    // the first 500 take three pages, so it is the fourth call that fails
    simulator.inject(Injection.of(Fault.hold()).on("GetMetricData").times(3));
    simulator.inject(Injection.of(Fault.error(500, "InternalFailure")).on("GetMetricData"));
    Thread.startVirtualThread(this::releaseThree);

    var answers = seen(secondaries);

    assertThat(answers.values().stream().filter(Known.class::isInstance)).hasSize(500);
    assertThat(answers.values().stream().filter(Unknown.class::isInstance)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, Throttling, THROTTLED",
    "400, ThrottlingException, THROTTLED",
    "403, AccessDenied, DENIED",
    "500, InternalFailure, DARK",
    "503, ServiceUnavailable, DARK"
  })
  void saysWhyThereIsNoAnswerAndDoesNotAskAgain(int status, String code, Reason reason) {
    simulator.inject(Injection.of(Fault.error(status, code)).on("GetMetricData"));

    assertThat(read(Set.of("sessions-usw2")))
        .isInstanceOfSatisfying(
            NotRead.class,
            notRead -> {
              assertThat(notRead.reason()).isEqualTo(reason);
              assertThat(notRead.code()).isEqualTo(code);
              assertThat(notRead.message()).isEqualTo("Injected: %s.".formatted(code));
            });
    assertThat(calls()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void givesADarkRegionUp(Darkness darkness) {
    lags.close();
    lags = reading(new LagProperties("Maximum", "ReplicationGroupId", Adapter.SHORT));
    simulator.darken("us-west-2", darkness);

    assertThat(read(Set.of("sessions-usw2")))
        .isInstanceOfSatisfying(
            NotRead.class, notRead -> assertThat(notRead.reason()).isEqualTo(Reason.DARK));
    assertThat(calls()).hasSize(1);
  }

  @Test
  void holdsOnlyItselfBackWhenCloudWatchKeepsFailing() {
    simulator.inject(
        Injection.of(Fault.error(500, "InternalFailure")).on("GetMetricData").always());
    try (var adapter =
            Adapter.to(simulator.endpoint(), Adapter.properties(Duration.ofSeconds(5), 16, 4));
        var own = reading(usual, adapter.guards)) {
      Reading<?> last = null;
      for (int time = 0; time < 6; time++) {
        last = own.newest(Adapter.ACCOUNT, Adapter.OREGON, Set.of(group("sessions-usw2")));
      }

      assertThat(last)
          .isInstanceOfSatisfying(
              NotRead.class, notRead -> assertThat(notRead.reason()).isEqualTo(Reason.HELD_BACK));
      assertThat(adapter.describe()).isInstanceOf(Seen.class);
    }
  }

  @Test
  void isDeniedForAnotherAccountOrRegionWithoutAsking() {
    var secondaries = Set.of(group("sessions-usw2"));

    assertThat(lags.newest(new AccountId("999999999999"), Adapter.OREGON, secondaries))
        .isInstanceOf(NotRead.class);
    assertThat(lags.newest(Adapter.ACCOUNT, new Region("ap-south-1"), secondaries))
        .isInstanceOf(NotRead.class);
    assertThat(simulator.calls()).isEmpty();
  }

  private void releaseThree() {
    try {
      for (int call = 0; call < 3; call++) {
        simulator.awaitHeld(Duration.ofSeconds(10));
        simulator.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<String> many(int count) {
    IntStream.range(0, count)
        .forEach(number ->
            simulator.add(
                SimulatedDatastore.of(
                    "ldgnf-d" + number,
                    Member.primary("d%d-use1".formatted(number), "us-east-1"),
                    Member.secondary("d%d-usw2".formatted(number), "us-west-2"))));
    return IntStream.range(0, count).mapToObj("d%d-usw2"::formatted).collect(Collectors.toSet());
  }

  private CloudWatchReplicationLags reading(LagProperties properties) {
    return reading(
        properties,
        new RegionGuards(
            Adapter.properties(), (_, _, _, _) -> CallPace.unlimited(), System::nanoTime));
  }

  private CloudWatchReplicationLags reading(LagProperties properties, RegionGuards guards) {
    return new CloudWatchReplicationLags(
        environment(),
        new CloudWatchClients(
            environment(), Adapter.properties(), properties, (_, _) -> Adapter.anyCredentials()),
        guards,
        properties,
        SendClock.of(CLOCK));
  }

  private AwsEnvironment environment() {
    return new AwsEnvironment(
        Adapter.ACCOUNT,
        List.of(Adapter.VIRGINIA, Adapter.OREGON),
        Optional.of(simulator.endpoint()));
  }

  private ReplicationLag lag(String secondary) {
    return seen(Set.of(secondary)).get(group(secondary));
  }

  private Map<ReplicationGroupId, ReplicationLag> seen(Set<String> secondaries) {
    var reading = read(secondaries);
    assertThat(reading).isInstanceOf(Seen.class);
    return ((Seen<Map<ReplicationGroupId, ReplicationLag>>) reading).value();
  }

  private Reading<Map<ReplicationGroupId, ReplicationLag>> read(Set<String> secondaries) {
    return lags.newest(
        Adapter.ACCOUNT,
        Adapter.OREGON,
        secondaries.stream()
            .map(CloudWatchReplicationLagsTests::group)
            .collect(Collectors.toSet()));
  }

  private static ReplicationGroupId group(String id) {
    return new ReplicationGroupId(id);
  }

  private List<RecordedCall> calls() {
    return simulator.calls().stream()
        .filter(call -> call.action().equals("GetMetricData"))
        .toList();
  }

  private RecordedCall onlyCall() {
    assertThat(calls()).hasSize(1);
    return calls().getFirst();
  }
}
