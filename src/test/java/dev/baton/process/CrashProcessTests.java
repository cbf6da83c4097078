package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever instance is killed or paused, and when: a failover ends as it would have. */
@ExtendWith(FleetExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashProcessTests {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TAKEOVER = Duration.ofSeconds(15);
  private static final String CALL = "FailoverGlobalReplicationGroup";
  private static final String DESCRIBE = "DescribeGlobalReplicationGroups";

  private final Fleet fleet;

  CrashProcessTests(Fleet fleet) {
    this.fleet = fleet;
  }

  @AfterEach
  void letGo() {
    fleet.trap.open();
    fleet.simulator.clearFaults();
    fleet.simulator.promotionsGo(Fleet.QUICK);
  }

  @Test
  void makesTheCallThatAKilledInstanceHadOnlyIntended() throws Exception {
    var asked = fleet.running(2).getFirst();
    var datastore = fleet.datastore("intended");
    fleet.trap.set(datastore);
    var story = Story.begin(fleet, asked, datastore);
    var caller = fleet.named(fleet.trap.awaitCaught(PATIENCE));
    caller.kill();
    assertThat(story.calls()).isEmpty();
    fleet.trap.open();

    var survivor = fleet.otherThan(caller);
    fleet.startMissing(2);
    story.awaitStatus("SUCCEEDED", survivor).assertPromotedOnce(survivor);
    assertThat(story.calls()).hasSize(1);
    assertThat(story.types(survivor))
        .containsExactly(
            "FAILOVER_REQUESTED",
            "CALL_INTENDED",
            "CALL_ANSWER_LOST",
            "CALL_INTENDED",
            "CALL_ANSWERED",
            "FAILOVER_SUCCEEDED");
    story.assertCalledAgainOnlyWhenTheFirstCallHadLanded(survivor);
  }

  @Test
  void doesNotRepeatTheCallWhoseAnswerDiedWithTheCaller() throws Exception {
    var asked = fleet.running(2).getFirst();
    var datastore = fleet.datastore("answered");
    fleet.simulator.inject(Injection.of(Fault.holdAfter()).on(CALL));
    var story = Story.begin(fleet, asked, datastore);
    assertThat(fleet.simulator.awaitHeld(PATIENCE)).isTrue();
    var caller = fleet.named(fleet.database.callerTo(datastore).orElseThrow());
    caller.kill();
    fleet.simulator.release();

    var survivor = fleet.otherThan(caller);
    fleet.startMissing(2);
    story.awaitStatus("SUCCEEDED", survivor).assertPromotedOnce(survivor);
    assertThat(story.calls()).hasSize(1);
    assertThat(story.types(survivor))
        .containsExactly(
            "FAILOVER_REQUESTED", "CALL_INTENDED", "CALL_ANSWER_LOST", "FAILOVER_SUCCEEDED");
  }

  @Test
  void sendsNothingFromAnInstanceThatWakesUpAfterAnotherHasTakenOver() throws Exception {
    var asked = fleet.running(2).getFirst();
    var datastore = fleet.datastore("paused");
    fleet.trap.set(datastore);
    var story = Story.begin(fleet, asked, datastore);
    var sleeper = fleet.named(fleet.trap.awaitCaught(PATIENCE));
    var other = fleet.otherThan(sleeper);
    sleeper.pause();
    fleet.trap.open();
    try {
      story.awaitStatus("SUCCEEDED", other);
      assertThat(story.types(other)).endsWith("FAILOVER_SUCCEEDED");
    } finally {
      sleeper.resume();
    }
    var finished = story.failover(other);

    story.awaitEntry("CALL_ANSWERED_LATE", other).assertPromotedOnce(other);
    assertThat(story.calls()).hasSize(1);
    assertThat(story.failover(other)).isEqualTo(finished);
    assertThat(story.types(other))
        .containsExactly(
            "FAILOVER_REQUESTED",
            "CALL_INTENDED",
            "CALL_ANSWER_LOST",
            "CALL_INTENDED",
            "CALL_ANSWERED",
            "FAILOVER_SUCCEEDED",
            "CALL_ANSWERED_LATE");
    story.assertCalledAgainOnlyWhenTheFirstCallHadLanded(other);
  }

  @Test
  void takesOverWithinSecondsFromTheInstanceThatWatchedThePromotion() throws Exception {
    var asked = fleet.running(2).getFirst();
    var datastore = fleet.datastore("watched");
    fleet.simulator.promotionsGo(Fleet.QUICK.withDuration(Duration.ofSeconds(4)));
    var story = Story.begin(fleet, asked, datastore).awaitStatus("PROMOTING", asked);
    fleet.simulator.inject(Injection.of(Fault.hold()).on(DESCRIBE).in(Fleet.OREGON));
    assertThat(fleet.simulator.awaitHeld(PATIENCE)).isTrue();
    var watcher = fleet.named(fleet.database.observerOf(Fleet.OREGON).orElseThrow());
    watcher.kill();
    var killed = Instant.now();
    fleet.simulator.release();

    var survivor = fleet.otherThan(watcher);
    story.awaitStatus("SUCCEEDED", survivor).assertPromotedOnce(survivor);
    fleet.startMissing(2);
    assertThat(story.types(survivor))
        .containsExactly(
            "FAILOVER_REQUESTED", "CALL_INTENDED", "CALL_ANSWERED", "FAILOVER_SUCCEEDED");
    var takeover = Duration.between(killed, story.timeOf("FAILOVER_SUCCEEDED", survivor));
    System.out.printf("Took over within %s of the kill%n", takeover);
    assertThat(takeover).isPositive().isLessThan(TAKEOVER);
  }

  @Test
  void goesOnWhenAnInstanceIsPausedInTheMiddleOfATransaction() throws Exception {
    var asked = fleet.running(2).getFirst();
    fleet.simulator.promotionsGo(Fleet.QUICK.withDuration(Duration.ofSeconds(4)));
    var story =
        Story.begin(fleet, asked, fleet.datastore("locked")).awaitStatus("PROMOTING", asked);
    BatonProcess sleeper;
    try (var _ = fleet.database.lock(story.id())) {
      await()
          .atMost(PATIENCE)
          .until(() -> fleet.database.waiterFor(story.id()), Optional::isPresent);
      sleeper = fleet.named(fleet.database.waiterFor(story.id()).orElseThrow());
      sleeper.pause();
    }
    try {
      var other = fleet.otherThan(sleeper);
      story.awaitStatus("SUCCEEDED", other).assertPromotedOnce(other);
    } finally {
      sleeper.resume();
    }
  }

  /** The last one: it leaves a single instance. */
  @Test
  @Order(Integer.MAX_VALUE)
  void finishesWhatItsPredecessorsHadAcceptedWhenAllAreKilledAtOnce() throws Exception {
    var asked = fleet.running(2).getFirst();
    fleet.simulator.inject(Injection.of(Fault.holdAfter()).on(CALL));
    var called = Story.begin(fleet, asked, fleet.datastore("called"));
    assertThat(fleet.simulator.awaitHeld(PATIENCE)).isTrue();
    var accepted = Story.begin(fleet, asked, fleet.datastore("accepted"));
    fleet.killAll();
    fleet.simulator.release();

    var successor = fleet.running(1).getFirst();
    called.awaitStatus("SUCCEEDED", successor).assertPromotedOnce(successor);
    assertThat(called.calls()).hasSize(1);
    assertThat(called.types(successor))
        .containsExactly(
            "FAILOVER_REQUESTED", "CALL_INTENDED", "CALL_ANSWER_LOST", "FAILOVER_SUCCEEDED");
    accepted.awaitStatus("SUCCEEDED", successor).assertPromotedOnce(successor);
    assertThat(accepted.types(successor))
        .startsWith("FAILOVER_REQUESTED", "CALL_INTENDED")
        .endsWith("FAILOVER_SUCCEEDED");
  }
}
