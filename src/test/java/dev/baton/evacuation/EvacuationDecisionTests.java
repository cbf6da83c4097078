package dev.baton.evacuation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.Groups;
import dev.baton.core.Region;
import dev.baton.evacuation.EvacuationProcess.Decision;
import dev.baton.evacuation.EvacuationProcess.Snapshot;
import dev.baton.evacuation.EvacuationProcess.Wave;
import dev.baton.evacuation.EvacuationTerms.Selector;
import dev.baton.failover.approval.Consent;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.Requester;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EvacuationDecisionTests {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration NO_PAUSE = Duration.ZERO;

  @Test
  void startsAllThatTheBacklogHasRoomForWithoutWaves() {
    assertThat(decide(running(), wave(1, "NOT_STARTED", 1_000)))
        .isEqualTo(new Decision.Start(1, EvacuationProcess.BACKLOG));
    assertThat(decide(running(), wave(1, "NOT_STARTED", 3))).isEqualTo(new Decision.Start(1, 3));
    assertThat(
            decide(running(), wave(1, "NOT_STARTED", 9, "PENDING", EvacuationProcess.BACKLOG - 2)))
        .isEqualTo(new Decision.Start(1, 2));
    assertThat(decide(running(), wave(1, "NOT_STARTED", 9, "PROMOTING", 900)))
        .isEqualTo(new Decision.Start(1, 9));
    assertThat(decide(running(), wave(1, "NOT_STARTED", 9, "PENDING", EvacuationProcess.BACKLOG)))
        .isInstanceOf(Decision.Wait.class);
  }

  @Test
  void startsNoMoreThanMayBeUnderWayAtOnce() {
    var three = running(0, Optional.of(3), Optional.empty(), NO_PAUSE);
    assertThat(decide(three, wave(1, "NOT_STARTED", 9))).isEqualTo(new Decision.Start(1, 3));
    assertThat(decide(three, wave(1, "NOT_STARTED", 9, "PROMOTING", 1, "STALLED", 1)))
        .isEqualTo(new Decision.Start(1, 1));
    assertThat(decide(three, wave(1, "NOT_STARTED", 9, "OUTCOME_UNKNOWN", 3)))
        .isInstanceOf(Decision.Wait.class);
  }

  @Test
  void startsAWaveOnceTheOneBeforeItIsOverAndThePauseToo() {
    var paused = running(0, Optional.empty(), Optional.empty(), Duration.ofMinutes(1));
    assertThat(decide(paused, wave(1, "SUCCEEDED", 1, "PROMOTING", 1), wave(2, "NOT_STARTED", 2)))
        .isInstanceOf(Decision.Wait.class);
    assertThat(decide(paused, ended(1, NOW.minusSeconds(59)), wave(2, "NOT_STARTED", 2)))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(1)));
    assertThat(decide(paused, ended(1, NOW.minusSeconds(60)), wave(2, "NOT_STARTED", 2)))
        .isEqualTo(new Decision.Start(2, 2));
    assertThat(
            decide(
                paused, ended(1, NOW.minusSeconds(5)), wave(2, "NOT_STARTED", 2, "SUCCEEDED", 1)))
        .as("a wave that has begun goes on")
        .isEqualTo(new Decision.Start(2, 2));
  }

  @Test
  void pausesAsSoonAsOneOfTheCanaryHasFailed() {
    var canary = running(2, Optional.empty(), Optional.empty(), NO_PAUSE);
    for (var failed : List.of("FAILED", "DENIED", "EXPIRED", "TURNED_AWAY")) {
      assertThat(decide(canary, wave(1, failed, 1, "PROMOTING", 1), wave(2, "NOT_STARTED", 2)))
          .isEqualTo(new Decision.Pause("1 of the canary failed"));
    }
    assertThat(decide(canary, wave(1, "LEFT_OUT", 1, "SUCCEEDED", 1), wave(2, "NOT_STARTED", 2)))
        .as("what need not be moved is no failure")
        .isEqualTo(new Decision.Start(2, 2));
    assertThat(
            decide(
                canary.accepting(1),
                wave(1, "FAILED", 1, "SUCCEEDED", 1),
                wave(2, "NOT_STARTED", 2)))
        .as("somebody let it go on")
        .isEqualTo(new Decision.Start(2, 2));
    assertThat(decide(canary, wave(1, "SUCCEEDED", 2), wave(2, "NOT_STARTED", 2, "FAILED", 7)))
        .as("later ones are no canary")
        .isEqualTo(new Decision.Start(2, 2));
  }

  @Test
  void pausesAfterAsManyFailuresAsItWasTold() {
    var two = running(0, Optional.empty(), Optional.of(2), NO_PAUSE);
    assertThat(decide(two, wave(1, "FAILED", 1, "NOT_STARTED", 5)))
        .isEqualTo(new Decision.Start(1, 5));
    assertThat(decide(two, wave(1, "FAILED", 1, "DENIED", 1, "NOT_STARTED", 5)))
        .isEqualTo(new Decision.Pause("2 failed"));
    assertThat(decide(two.accepting(2), wave(1, "FAILED", 3, "NOT_STARTED", 5)))
        .isEqualTo(new Decision.Start(1, 5));
    assertThat(decide(two.accepting(2), wave(1, "FAILED", 4, "NOT_STARTED", 5)))
        .isEqualTo(new Decision.Pause("2 failed"));
  }

  @Test
  void succeedsOnlyIfAllWereMovedThatHadToBe() {
    assertThat(decide(running(), wave(1, "SUCCEEDED", 3, "LEFT_OUT", 1)))
        .isEqualTo(new Decision.Finish(EvacuationStatus.SUCCEEDED, "3 of 4 moved"));
    for (var other : List.of("FAILED", "DENIED", "EXPIRED", "TURNED_AWAY", "CANCELLED")) {
      assertThat(decide(running(), wave(1, "SUCCEEDED", 3, other, 1)))
          .isInstanceOfSatisfying(
              Decision.Finish.class,
              end -> assertThat(end.end()).isEqualTo(EvacuationStatus.FAILED));
    }
    for (var open :
        List.of(
            "AWAITING_APPROVAL",
            "SCHEDULED",
            "PENDING",
            "SWITCHING",
            "PROMOTING",
            "OUTCOME_UNKNOWN",
            "STALLED")) {
      assertThat(decide(running(), wave(1, "SUCCEEDED", 3, open, 1)))
          .as(open)
          .isInstanceOf(Decision.Wait.class);
    }
  }

  @Test
  void startsNothingWhileItIsPaused() {
    var paused = running().standing(EvacuationStatus.PAUSED, "somebody paused it", NOW);
    assertThat(decide(paused, wave(1, "NOT_STARTED", 3))).isInstanceOf(Decision.Wait.class);
    assertThat(decide(paused, wave(1, "SUCCEEDED", 3)))
        .as("with nothing left it is over all the same")
        .isEqualTo(new Decision.Finish(EvacuationStatus.SUCCEEDED, "3 of 3 moved"));
  }

  @Test
  void cancelsWhatWasNotSentAndWaitsForTheRestOnceAborted() {
    var aborted = running().aborted().standing(EvacuationStatus.PAUSED, "alice aborted it", NOW);
    assertThat(decide(aborted, wave(1, "NOT_STARTED", 3, "PROMOTING", 1)))
        .isEqualTo(new Decision.CancelUnsent());
    assertThat(decide(aborted, wave(1, "CANCELLED", 3, "PENDING", 1)))
        .isEqualTo(new Decision.CancelUnsent());
    assertThat(decide(aborted, wave(1, "CANCELLED", 3, "PROMOTING", 1)))
        .isInstanceOf(Decision.Wait.class);
    assertThat(decide(aborted, wave(1, "CANCELLED", 3, "SUCCEEDED", 1)))
        .isEqualTo(new Decision.Finish(EvacuationStatus.CANCELLED, "alice aborted it"));
  }

  @Test
  void isCancelledWhenNobodyApprovesItInTime() {
    var demand = new ApprovalDemand("leads", "p", 1, 1, 0, List.of("leads"), Duration.ofHours(1));
    var waiting =
        running()
            .standing(EvacuationStatus.AWAITING_APPROVAL, "", NOW)
            .agreed(Consent.NONE.asking(List.of(demand), NOW.minusSeconds(60)), NOW);
    var before = NOW.plusSeconds(3_540);
    assertThat(decide(waiting, wave(1, "NOT_STARTED", 3))).isEqualTo(new Decision.Wait(before));
    assertThat(
            EvacuationProcess.decide(
                new Snapshot(waiting, List.of(wave(1, "NOT_STARTED", 3))), before))
        .isEqualTo(
            new Decision.Finish(
                EvacuationStatus.CANCELLED, "it was not approved before " + before));
  }

  private static Decision decide(Evacuation evacuation, Wave... waves) {
    return EvacuationProcess.decide(new Snapshot(evacuation, List.of(waves)), NOW);
  }

  private static Wave wave(int number, Object... counts) {
    var tally = new TreeMap<String, Integer>();
    for (int pair = 0; pair < counts.length; pair += 2) {
      tally.put((String) counts[pair], (Integer) counts[pair + 1]);
    }
    return new Wave(number, new Tally(tally, Optional.empty()));
  }

  private static Wave ended(int number, Instant at) {
    return new Wave(number, new Tally(Map.of("SUCCEEDED", 1), Optional.of(at)));
  }

  private static Evacuation running() {
    return running(0, Optional.empty(), Optional.empty(), NO_PAUSE);
  }

  private static Evacuation running(
      int canary,
      Optional<Integer> maxConcurrent,
      Optional<Integer> stopAfterFailures,
      Duration pauseBetweenWaves) {
    var terms =
        new EvacuationTerms(
            new Region("us-east-1"),
            List.of(new Region("us-west-2")),
            new Selector(true, List.of(), List.of()),
            FailoverMode.SWITCHOVER,
            false,
            canary,
            Optional.empty(),
            maxConcurrent,
            pauseBetweenWaves,
            stopAfterFailures,
            "drain",
            Optional.empty(),
            Set.of());
    return new Evacuation(
        UUID.randomUUID(),
        0,
        EvacuationStatus.RUNNING,
        "",
        true,
        terms,
        new Requester(new Actor("alice", Actor.Kind.PERSON), new Groups.Known(Set.of()), "alice"),
        NOW,
        NOW,
        Optional.empty(),
        Consent.NONE,
        Optional.empty(),
        0,
        false,
        "");
  }
}
