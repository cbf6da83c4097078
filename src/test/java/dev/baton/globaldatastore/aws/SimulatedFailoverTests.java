package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.FailoverMode;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.CallOutcome.Accepted;
import dev.baton.globaldatastore.CallOutcome.Refused;
import dev.baton.globaldatastore.CallOutcome.Unknown;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Reading.Seen;
import dev.baton.simulator.DemoDatastores;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import dev.baton.simulator.RecordedCall;
import dev.baton.simulator.Simulator;
import dev.baton.simulator.SimulatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedFailoverTests {
  private static final String FAIL_OVER = "FailoverGlobalReplicationGroup";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
  private final Simulator simulator = Simulator.start(SimulatorSettings.local(), now::get);
  private final Adapter adapter = Adapter.to(simulator.endpoint());

  @BeforeEach
  void fill() {
    simulator.addAll(DemoDatastores.all());
  }

  @AfterEach
  void close() {
    adapter.close();
    simulator.close();
  }

  @Test
  void movesThePrimary() {
    assertThat(sessions().hasPrimary(new ReplicationGroupId("sessions-use1"), Adapter.VIRGINIA))
        .isTrue();
    assertThat(adapter.failOver())
        .isInstanceOfSatisfying(
            Accepted.class, accepted -> assertThat(accepted.requestId()).isNotBlank());
    now.updateAndGet(before -> before.plus(Duration.ofMinutes(1)));
    assertThat(sessions().hasPrimary(new ReplicationGroupId("sessions-usw2"), Adapter.OREGON))
        .isTrue();
    assertThat(sessions().isSettled()).isTrue();
  }

  @Test
  void isRefusedForNowWhileTheDatastoreIsBusy() {
    adapter.failOver();
    now.updateAndGet(before -> before.plus(Duration.ofSeconds(2)));
    assertThat(adapter.failOver())
        .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.passing()).isTrue());
  }

  @Test
  void doesNotSendTwiceWhenTheAnswerIsLost() {
    simulator.inject(Injection.of(Fault.cutAfter()).on(FAIL_OVER));
    var outcome =
        adapter.changes.attempt(
            Adapter.ACCOUNT, Adapter.OREGON, FailoverMode.SWITCHOVER, adapter::failOver);
    assertThat(outcome).isInstanceOf(Unknown.class);
    assertThat(simulator.effectivePromotions("ldgnf-sessions")).isEqualTo(1);
    assertThat(failoverCalls()).hasSize(1);
  }

  @Test
  void triesAgainUntilAwsNoLongerThrottles() {
    simulator.inject(Injection.of(Fault.throttle()).on(FAIL_OVER).times(2));
    var outcome =
        adapter.changes.attempt(
            Adapter.ACCOUNT, Adapter.OREGON, FailoverMode.SWITCHOVER, adapter::failOver);
    assertThat(outcome).isInstanceOf(Accepted.class);
    assertThat(failoverCalls()).hasSize(3);
  }

  @Test
  void listsWhatTheRegionShows() {
    assertThat(adapter.reads.describeAll(Adapter.ACCOUNT, Adapter.OREGON, Duration.ZERO))
        .isInstanceOfSatisfying(
            Seen.class,
            seen ->
                assertThat(((List<?>) seen.value()))
                    .extracting(one -> ((GlobalDatastore) one).id().value())
                    .contains("ldgnf-carts", "ldgnf-sessions", "sgaui-profiles"));
  }

  private GlobalDatastore sessions() {
    assertThat(adapter.describe()).isInstanceOf(Seen.class);
    return ((Seen<GlobalDatastore>) adapter.describe()).value();
  }

  private List<RecordedCall> failoverCalls() {
    return simulator.calls().stream().filter(call -> call.action().equals(FAIL_OVER)).toList();
  }
}
