package dev.baton.evacuation;

import dev.baton.evacuation.EvacuationProcess.Wave;
import dev.baton.evacuation.EvacuationView.ApprovalView;
import dev.baton.evacuation.EvacuationView.ErrorView;
import dev.baton.evacuation.EvacuationView.EtaView;
import dev.baton.evacuation.EvacuationView.LeftOutView;
import dev.baton.evacuation.EvacuationView.Oldest;
import dev.baton.evacuation.EvacuationView.Rate;
import dev.baton.evacuation.EvacuationView.SelectorView;
import dev.baton.evacuation.EvacuationView.WaveView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Puts together how an evacuation stands, with as many statements as for one member. */
@Component
class EvacuationViews {
  private static final int FIRST_ERRORS = 10;
  private static final int MOST_LEFT_OUT = 1_000;
  private static final Duration LATELY = Duration.ofMinutes(1);

  private final EvacuationMemberTable members;
  private final InstantSource clock;

  EvacuationViews(EvacuationMemberTable members, InstantSource clock) {
    this.members = members;
    this.clock = clock;
  }

  EvacuationView of(Evacuation evacuation) {
    var id = evacuation.id();
    var waves = members.waves(id);
    var all = Tally.sum(waves.stream().map(Wave::tally).toList());
    var terms = evacuation.terms();
    var lately = members.endedSince(id, clock.instant().minus(LATELY));
    return new EvacuationView(
        id,
        evacuation.status(),
        evacuation.simulated(),
        terms.fromRegion(),
        terms.toRegions(),
        SelectorView.of(terms.selector()),
        terms.mode(),
        terms.acceptDataLoss(),
        terms.canary(),
        terms.waveSize(),
        terms.maxConcurrent(),
        terms.pauseBetweenWaves(),
        terms.stopAfterFailures(),
        terms.reason(),
        terms.reference(),
        terms.overrides().stream().sorted().toList(),
        evacuation.rollbackOf(),
        evacuation.requester().actor(),
        evacuation.requestedAt(),
        evacuation.updatedAt(),
        evacuation.finishedAt(),
        evacuation.approvalsDemanded(),
        evacuation.approveBefore(),
        evacuation.consent().given().stream().map(ApprovalView::of).toList(),
        explanation(evacuation, all),
        all.total(),
        all.counts(),
        waves.stream().map(WaveView::of).toList(),
        new Rate(lately),
        eta(evacuation, all, lately),
        members.failed(id, FIRST_ERRORS).stream().map(ErrorView::of).toList(),
        members
            .oldestUnderWay(id)
            .map(one ->
                new Oldest(
                    one.failoverId().orElseThrow(), one.globalReplicationGroupId(), one.status())),
        members.leftOut(id, MOST_LEFT_OUT).stream().map(LeftOutView::of).toList());
  }

  /** By what has been seen so far; nothing is guessed before anything has. */
  private Optional<EtaView> eta(Evacuation evacuation, Tally all, int lately) {
    var left = all.notStarted() + all.underWay();
    if (evacuation.status() != EvacuationStatus.RUNNING || lately == 0 || left == 0) {
      return Optional.empty();
    }
    var seconds = Math.min(LATELY.toSeconds(), age(evacuation.requestedAt()));
    return Optional.of(
        new EtaView(
            Math.round(seconds * left / (double) lately),
            "%d left, and %d succeeded in the last %d s, pauses between waves left out"
                .formatted(left, lately, seconds)));
  }

  private long age(Instant since) {
    return Math.max(1, Duration.between(since, clock.instant()).toSeconds());
  }

  private static String explanation(Evacuation evacuation, Tally all) {
    var path = "POST /v1/evacuations/" + evacuation.id();
    var standing =
        "%d of %d moved, %d under way, %d failed, %d not started"
            .formatted(
                all.succeeded(), all.total(), all.underWay(), all.failed(), all.notStarted());
    return switch (evacuation.status()) {
      case AWAITING_APPROVAL ->
          "It waits for approval as a whole until %s: %s/approve or reject. Nothing has started."
              .formatted(
                  evacuation.approveBefore().map(Instant::toString).orElse("it is given"), path);
      case RUNNING -> "It runs: %s. %s/pause stops it, abort ends it.".formatted(standing, path);
      case PAUSED ->
          evacuation.aborting()
              ? "It is being aborted: %s. What AWS was called for goes on; %s."
                  .formatted(evacuation.cause(), standing)
              : "Paused: %s. Nothing is sent; what AWS was called for goes on. %s. %s/resume or abort."
                  .formatted(evacuation.cause(), standing, path);
      case SUCCEEDED -> "Over: %s. %s/rollback takes it back.".formatted(standing, path);
      case FAILED ->
          "Over: %s. %s/retry has those begin again that failed; rollback takes back those that moved."
              .formatted(standing, path);
      case CANCELLED -> "Cancelled: %s. %s.".formatted(evacuation.cause(), standing);
    };
  }
}
