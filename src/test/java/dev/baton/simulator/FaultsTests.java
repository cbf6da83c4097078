package dev.baton.simulator;

import static dev.baton.simulator.Scene.IRELAND;
import static dev.baton.simulator.Scene.OREGON;
import static dev.baton.simulator.Scene.PATIENCE;
import static dev.baton.simulator.Scene.SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheException;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroup;

class FaultsTests {

  private static final String FAILOVER = "FailoverGlobalReplicationGroup";

  private final Scene scene = new Scene();
  private final Simulator simulator = scene.simulator;

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void holdsACallBeforeItActs() throws Exception {
    simulator.inject(Injection.of(Fault.hold()).on(FAILOVER));
    CompletableFuture<GlobalReplicationGroup> call =
        CompletableFuture.supplyAsync(scene::failOverToOregon);

    assertThat(simulator.awaitHeld(PATIENCE)).isTrue();
    assertThat(simulator.effectivePromotions(SESSIONS)).isZero();
    assertThat(lastCall().progress()).isEqualTo(RecordedCall.Progress.HELD);
    assertThat(call).isNotDone();

    assertThat(simulator.release()).isEqualTo(1);
    assertThat(call.get(10, TimeUnit.SECONDS).globalReplicationGroupId()).isEqualTo(SESSIONS);
    assertThat(simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
  }

  @Test
  void holdsACallThatHasActed() throws Exception {
    simulator.inject(Injection.of(Fault.holdAfter()).on(FAILOVER));
    CompletableFuture<GlobalReplicationGroup> call =
        CompletableFuture.supplyAsync(scene::failOverToOregon);

    assertThat(simulator.awaitHeld(PATIENCE)).isTrue();
    assertThat(simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
    assertThat(lastCall().acted()).isTrue();
    assertThat(call).isNotDone();

    simulator.release();
    assertThat(call.get(10, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void carriesOutAHeldCallWhoseCallerHasGivenUp() throws Exception {
    // A first answer, so that the time allowed isn't spent on loading classes.
    scene.seen();
    simulator.inject(Injection.of(Fault.hold()).on(FAILOVER));
    CompletableFuture<Void> call = CompletableFuture.runAsync(this::failOverImpatiently);
    assertThat(simulator.awaitHeld(PATIENCE)).isTrue();
    assertThat(call)
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(ApiCallTimeoutException.class);
    assertThat(simulator.effectivePromotions(SESSIONS)).isZero();

    simulator.release();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(simulator.effectivePromotions(SESSIONS)).isEqualTo(1));
  }

  @Test
  void cutsBeforeActing() {
    simulator.inject(Injection.of(Fault.cutBefore()));

    assertThatThrownBy(scene::failOverToOregon).isInstanceOf(SdkClientException.class);
    assertThat(simulator.effectivePromotions(SESSIONS)).isZero();
    assertThat(lastCall().progress()).isEqualTo(RecordedCall.Progress.CUT);
    assertThat(simulator.calls()).hasSize(1);
  }

  @Test
  void cutsAfterActing() {
    simulator.inject(Injection.of(Fault.cutAfter()));

    assertThatThrownBy(scene::failOverToOregon).isInstanceOf(SdkClientException.class);
    assertThat(simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
    assertThat(lastCall().acted()).isTrue();
  }

  @Test
  void actsThenAnswersWithAnError() {
    simulator.inject(Injection.of(Fault.errorAfter()));

    assertThatThrownBy(scene::failOverToOregon)
        .isInstanceOfSatisfying(
            ElastiCacheException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
    assertThat(simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
  }

  @Test
  void neverAnswersASingleCall() {
    simulator.inject(Injection.of(Fault.silence()).on(FAILOVER));
    simulator.inject(Injection.of(Fault.silenceAfter()).on(FAILOVER));
    scene.seen();

    assertThatThrownBy(this::failOverImpatiently).isInstanceOf(ApiCallTimeoutException.class);
    assertThat(simulator.effectivePromotions(SESSIONS)).isZero();
    assertThatThrownBy(this::failOverImpatiently).isInstanceOf(ApiCallTimeoutException.class);
    assertThat(simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
    assertThat(simulator.release()).isZero();
    assertThat(lastCall().progress()).isEqualTo(RecordedCall.Progress.SILENT);

    simulator.clearFaults();

    await()
        .atMost(PATIENCE)
        .until(() -> simulator.calls().getLast().progress() == RecordedCall.Progress.CUT);
    assertThat(simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
  }

  @Test
  void delaysASingleCallBeforeOrAfterItActs() {
    Duration time = Duration.ofMillis(300);
    simulator.inject(Injection.of(Fault.delay(time)).on(FAILOVER));
    scene.seen();
    long before = System.nanoTime();

    scene.failOverToOregon();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(time);
    assertThat(lastCall().fault()).isEqualTo("DELAY");
  }

  @Test
  void actsBeforeADelayedAnswer() {
    simulator.inject(Injection.of(Fault.delayAfter(Duration.ofHours(1))).on(FAILOVER));
    CompletableFuture<GlobalReplicationGroup> call =
        CompletableFuture.supplyAsync(scene::failOverToOregon);

    await()
        .atMost(PATIENCE)
        .until(() ->
            simulator.calls().stream()
                .anyMatch(sent -> sent.progress() == RecordedCall.Progress.DELAYED));
    assertThat(simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
    assertThat(call).isNotDone();

    simulator.clearFaults();
    assertThat(call).succeedsWithin(PATIENCE);
  }

  @Test
  void throttlesInBothWords() {
    simulator.inject(Injection.of(Fault.throttle()));
    simulator.inject(Injection.of(Fault.callRateExceeded()));

    assertThat(codeOfFailoverTo(OREGON, "sessions-usw2")).isEqualTo("Throttling");
    assertThat(codeOfFailoverTo(OREGON, "sessions-usw2"))
        .isEqualTo("APICallRateForCustomerExceeded");
    assertThat(simulator.effectivePromotions(SESSIONS)).isZero();
  }

  @Test
  void strikesInOrderAndOnlyWhatItIsMeantFor() {
    simulator.inject(Injection.of(Fault.throttle()).on(FAILOVER).in(IRELAND));
    simulator.inject(Injection.of(Fault.error(503, "ServiceUnavailable")).on(FAILOVER).times(2));
    simulator.inject(Injection.of(Fault.error(403, "AccessDenied")).on(FAILOVER));

    assertThat(scene.statusAndPrimary()).isEqualTo("available us-east-1");
    assertThat(codeOfFailoverTo(OREGON, "sessions-usw2")).isEqualTo("ServiceUnavailable");
    assertThat(codeOfFailoverTo(IRELAND, "sessions-euw1")).isEqualTo("Throttling");
    assertThat(codeOfFailoverTo(IRELAND, "sessions-euw1")).isEqualTo("ServiceUnavailable");
    assertThat(codeOfFailoverTo(OREGON, "sessions-usw2")).isEqualTo("AccessDenied");
    scene.failOverToOregon();
    assertThat(simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
  }

  @Test
  void strikesUntilItIsCleared() {
    simulator.inject(Injection.of(Fault.throttle()).always());

    assertThat(codeOfFailoverTo(OREGON, "sessions-usw2")).isEqualTo("Throttling");
    assertThat(codeOfFailoverTo(OREGON, "sessions-usw2")).isEqualTo("Throttling");
    simulator.clearFaults();

    scene.failOverToOregon();
  }

  @Test
  void cutsEveryCallToADarkRegion() {
    simulator.darken(IRELAND, Darkness.CLOSES);

    assertThatThrownBy(() -> scene.in(IRELAND).describeReplicationGroups())
        .isInstanceOf(SdkClientException.class);
    assertThat(scene.statusAndPrimary()).isEqualTo("available us-east-1");

    simulator.lightUp(IRELAND);
    assertThat(scene.in(IRELAND).describeReplicationGroups().replicationGroups()).hasSize(1);
  }

  @Test
  void neverAnswersFromASilentRegion() {
    simulator.darken(OREGON, Darkness.SILENT);
    CompletableFuture<GlobalReplicationGroup> call =
        CompletableFuture.supplyAsync(scene::failOverToOregon);
    await().atMost(PATIENCE).until(() -> !simulator.calls().isEmpty());
    assertThat(call).isNotDone();

    simulator.lightUp(OREGON);

    assertThat(call)
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(SdkClientException.class);
    assertThat(simulator.effectivePromotions(SESSIONS)).isZero();
  }

  @Test
  void recordsWhatItWasAskedAndWhatCameOfIt() {
    scene.failOverToOregon();

    assertThat(simulator.calls())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.number()).isEqualTo(1);
          assertThat(call.at()).isEqualTo(scene.now.get());
          assertThat(call.region()).isEqualTo(OREGON);
          assertThat(call.action()).isEqualTo(FAILOVER);
          assertThat(call.globalReplicationGroupId()).isEqualTo(SESSIONS);
          assertThat(call.replicationGroupId()).isEqualTo("sessions-usw2");
          assertThat(call.progress()).isEqualTo(RecordedCall.Progress.ANSWERED);
          assertThat(call.acted()).isTrue();
          assertThat(call.errorCode()).isEmpty();
        });
  }

  private void failOverImpatiently() {
    scene
        .in(OREGON)
        .failoverGlobalReplicationGroup(request ->
            request
                .globalReplicationGroupId(SESSIONS)
                .primaryRegion(OREGON)
                .primaryReplicationGroupId("sessions-usw2")
                .overrideConfiguration(limits -> limits.apiCallTimeout(Duration.ofSeconds(1))));
  }

  private RecordedCall lastCall() {
    await()
        .atMost(PATIENCE)
        .until(() -> simulator.calls().getLast().progress() != RecordedCall.Progress.ARRIVED);
    return simulator.calls().getLast();
  }

  private String codeOfFailoverTo(String region, String replicationGroupId) {
    try {
      scene.failOverTo(region, replicationGroupId);
      return "";
    } catch (ElastiCacheException e) {
      return e.awsErrorDetails().errorCode();
    }
  }
}
