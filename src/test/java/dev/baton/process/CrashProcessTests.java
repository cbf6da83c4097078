package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever instance is killed or paused, and when: a failover ends as it would have. */
@ExtendWith(FleetExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashProcessTests {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TAKEOVER = Duration.ofSeconds(15);

  /** Moments that last however long they are held; another instance can start meanwhile. */
  private static final List<Window> IN_A_TRANSACTION =
      List.of(
          Window.BEFORE_THE_INTENT_IS_COMMITTED,
          Window.BEFORE_THE_OUTCOME_IS_COMMITTED,
          Window.BEFORE_THE_SUCCESS_IS_COMMITTED);

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
  @Order(1)
  void endsEachAsItWouldHaveWhenTheInstanceIsKilledInTheMiddleOfTransactions() throws Exception {
    fleet.killAll();
    var victim = fleet.running(1).getFirst();
    Map<Window, Story> stories = new EnumMap<>(Window.class);
    List<Hold> holds = new ArrayList<>();
    BatonProcess survivor;
    Takeover takeover;
    try {
      for (var window : IN_A_TRANSACTION) {
        var datastore = fleet.datastore("killed-" + window.ordinal());
        var hold = window.set(fleet, datastore, Fleet.OREGON);
        holds.add(hold);
        stories.put(window, Story.begin(fleet, victim, datastore));
        assertThat(hold.awaitCaught(PATIENCE)).as("%s", window).contains(victim);
      }
      survivor = fleet.running(2).getLast();
      takeover = Takeover.byKilling(victim, fleet.database);
    } finally {
      holds.forEach(Hold::close);
    }
    startTheNextOnes();

    assertTakenOver(stories.keySet(), takeover);
    stories.forEach((window, story) -> assertEndsAsItWouldHave(window, story, survivor));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "BEFORE_THE_.*_COMMITTED")
  void endsAsItWouldHaveWhenTheInstanceIsKilled(Window window) throws Exception {
    var asked = fleet.running(2).getFirst();
    var datastore = fleet.datastore("killed-" + window.ordinal());
    Story story;
    BatonProcess victim;
    Takeover takeover;
    try (var hold = window.set(fleet, datastore, Fleet.OREGON)) {
      story = Story.begin(fleet, asked, datastore);
      victim = hold.awaitCaught(PATIENCE).orElseThrow();
      takeover = Takeover.byKilling(victim, fleet.database);
    }
    var survivor = fleet.otherThan(victim);
    startTheNextOnes();

    assertTakenOver(Set.of(window), takeover);
    assertEndsAsItWouldHave(window, story, survivor);
  }

  private static void assertEndsAsItWouldHave(Window window, Story story, BatonProcess seenFrom) {
    story.awaitStatus("SUCCEEDED", seenFrom).assertPromotedOnce(seenFrom);
    assertThat(story.calls()).hasSize(1);
    assertThat(story.types(seenFrom)).as("%s", window).containsExactlyElementsOf(entries(window));
    assertCallsAreApart(window, story, seenFrom);
  }

  private static void assertTakenOver(Set<Window> windows, Takeover takeover) {
    var idle = takeover.awaitAll();
    System.out.printf("Killed %s: taken over within %s%n", windows, idle);
    assertThat(idle).isNotEmpty().allSatisfy(time -> assertThat(time).isLessThan(TAKEOVER));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void endsAsItWouldHaveWhenTheInstanceIsPausedUntilAllIsOver(Window window) throws Exception {
    var asked = fleet.running(2).getFirst();
    var datastore = fleet.datastore("paused-" + window.ordinal());
    Story story;
    BatonProcess sleeper;
    try (var hold = window.set(fleet, datastore, Fleet.OREGON)) {
      story = Story.begin(fleet, asked, datastore);
      sleeper = hold.awaitCaught(PATIENCE).orElseThrow();
      sleeper.pause();
    }
    var other = fleet.otherThan(sleeper);
    var entries = new ArrayList<>(entries(window));
    try {
      story.awaitStatus("SUCCEEDED", other);
      assertThat(story.types(other)).containsExactlyElementsOf(entries);
    } finally {
      sleeper.resume();
    }
    var finished = story.failover(other);

    sleeper.awaitUp();
    if (hasACallUnderWay(window)) {
      story.awaitEntry("CALL_ANSWERED_LATE", other);
      entries.add("CALL_ANSWERED_LATE");
    }
    story.assertPromotedOnce(other);
    assertThat(story.calls()).hasSize(1);
    assertThat(story.failover(other)).isEqualTo(finished);
    assertThat(story.types(other)).containsExactlyElementsOf(entries);
    assertCallsAreApart(window, story, other);
  }

  /** One more than a test needs: it starts while the next test goes on without it. */
  private void startTheNextOnes() {
    fleet.startMissing(3);
  }

  /** What the audit log has in the end, if the instance was lost at that moment. */
  private static List<String> entries(Window window) {
    return switch (window) {
      case BEFORE_THE_INTENT_IS_COMMITTED, WHILE_PROMOTING, BEFORE_THE_SUCCESS_IS_COMMITTED ->
          List.of("FAILOVER_REQUESTED", "CALL_INTENDED", "CALL_ANSWERED", "FAILOVER_SUCCEEDED");
      case BETWEEN_INTENT_AND_CALL ->
          List.of(
              "FAILOVER_REQUESTED",
              "CALL_INTENDED",
              "CALL_ANSWER_LOST",
              "CALL_INTENDED",
              "CALL_ANSWERED",
              "FAILOVER_SUCCEEDED");
      case BEFORE_AWS_ACTS, BEFORE_THE_ANSWER_ARRIVES, BEFORE_THE_OUTCOME_IS_COMMITTED ->
          List.of("FAILOVER_REQUESTED", "CALL_INTENDED", "CALL_ANSWER_LOST", "FAILOVER_SUCCEEDED");
    };
  }

  /** What wakes up in the middle of a call still has its outcome to tell. */
  private static boolean hasACallUnderWay(Window window) {
    return switch (window) {
      case BETWEEN_INTENT_AND_CALL, BEFORE_AWS_ACTS, BEFORE_THE_ANSWER_ARRIVES -> true;
      case BEFORE_THE_INTENT_IS_COMMITTED,
          BEFORE_THE_OUTCOME_IS_COMMITTED,
          WHILE_PROMOTING,
          BEFORE_THE_SUCCESS_IS_COMMITTED ->
          false;
    };
  }

  private static void assertCallsAreApart(Window window, Story story, BatonProcess seenFrom) {
    if (window == Window.BETWEEN_INTENT_AND_CALL) {
      story.assertCalledAgainOnlyWhenTheFirstCallHadLanded(seenFrom);
    }
  }

  /** The last one: it leaves a single instance. */
  @Test
  @Order(Integer.MAX_VALUE)
  void finishesWhatItsPredecessorsHadAcceptedWhenAllAreKilledAtOnce() throws Exception {
    var asked = fleet.running(2).getFirst();
    fleet.simulator.inject(Injection.of(Fault.holdAfter()).on(Window.CALL));
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
