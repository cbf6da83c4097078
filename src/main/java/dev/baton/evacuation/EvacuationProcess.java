package dev.baton.evacuation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides what to do next about an evacuation. Pure: no clock, no database in it. */
final class EvacuationProcess {
  /** So many wait for their call at once: more would only wait longer, and look again and again. */
  static final int BACKLOG = 40;

  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration LATER = Duration.ofSeconds(30);

  private EvacuationProcess() {}

  /**
   * How it stands.
   *
   * @param waves in their order; the first is the canary if there is one
   */
  record Snapshot(Evacuation evacuation, List<Wave> waves) {
    Tally all() {
      return Tally.sum(waves.stream().map(Wave::tally).toList());
    }
  }

  /** Those that go together. */
  record Wave(int number, Tally tally) {}

  /** What to do. */
  sealed interface Decision {
    /** Nothing any more. */
    record Over() implements Decision {}

    record Finish(EvacuationStatus end, String why) implements Decision {}

    record Pause(String why) implements Decision {}

    /** Start so many of a wave. */
    record Start(int wave, int count) implements Decision {}

    /** Cancel what has not been sent. */
    record CancelUnsent() implements Decision {}

    record Wait(Instant until) implements Decision {}
  }

  static Decision decide(Snapshot snapshot, Instant now) {
    var evacuation = snapshot.evacuation();
    var all = snapshot.all();
    return switch (evacuation.status()) {
      case SUCCEEDED, FAILED, CANCELLED -> new Decision.Over();
      case AWAITING_APPROVAL ->
          evacuation
              .approveBefore()
              .<Decision>map(before ->
                  now.isBefore(before)
                      ? new Decision.Wait(before)
                      : new Decision.Finish(
                          EvacuationStatus.CANCELLED, "it was not approved before " + before))
              .orElseGet(() -> new Decision.Wait(now.plus(LATER)));
      case RUNNING, PAUSED -> {
        if (all.isOver()) {
          yield end(evacuation, all);
        }
        if (evacuation.aborting()) {
          yield all.notStarted() + all.unsent() > 0
              ? new Decision.CancelUnsent()
              : new Decision.Wait(now.plus(SOON));
        }
        yield evacuation.status() == EvacuationStatus.PAUSED
            ? new Decision.Wait(now.plus(all.underWay() > 0 ? SOON : LATER))
            : running(snapshot, all, now);
      }
    };
  }

  private static Decision end(Evacuation evacuation, Tally all) {
    if (evacuation.aborting()) {
      return new Decision.Finish(EvacuationStatus.CANCELLED, evacuation.cause());
    }
    var moved = "%d of %d moved".formatted(all.succeeded(), all.total());
    return all.failed() + all.cancelled() == 0
        ? new Decision.Finish(EvacuationStatus.SUCCEEDED, moved)
        : new Decision.Finish(
            EvacuationStatus.FAILED,
            "%s, %d failed, %d were cancelled".formatted(moved, all.failed(), all.cancelled()));
  }

  private static Decision running(Snapshot snapshot, Tally all, Instant now) {
    return stop(snapshot, all)
        .<Decision>map(Decision.Pause::new)
        .orElseGet(() -> {
          var waves = snapshot.waves();
          var current =
              waves.stream().filter(wave -> !wave.tally().isOver()).findFirst().orElseThrow();
          var earliest = earliest(snapshot, current);
          if (earliest.filter(now::isBefore).isPresent() && !current.tally().hasBegun()) {
            return new Decision.Wait(earliest.get());
          }
          var count = Math.min(current.tally().notStarted(), room(snapshot.evacuation(), all));
          return count > 0
              ? new Decision.Start(current.number(), count)
              : new Decision.Wait(now.plus(SOON));
        });
  }

  /** Why nothing more is to start. */
  private static Optional<String> stop(Snapshot snapshot, Tally all) {
    var evacuation = snapshot.evacuation();
    var failures = all.failed() - evacuation.acceptedFailures();
    if (evacuation.terms().canary() > 0
        && snapshot.waves().stream().skip(1).noneMatch(wave -> wave.tally().hasBegun())
        && failures > 0) {
      return Optional.of("%d of the canary failed".formatted(failures));
    }
    return evacuation
        .terms()
        .stopAfterFailures()
        .filter(most -> failures >= most)
        .map(_ -> "%d failed".formatted(failures));
  }

  /** When the wave may begin, if that depends on the one before. */
  private static Optional<Instant> earliest(Snapshot snapshot, Wave current) {
    var before =
        snapshot.waves().stream()
            .filter(wave -> wave.number() < current.number())
            .map(Wave::tally)
            .toList();
    return Tally.sum(before)
        .lastEndAt()
        .map(end -> end.plus(snapshot.evacuation().terms().pauseBetweenWaves()));
  }

  private static int room(Evacuation evacuation, Tally all) {
    var inBacklog = BACKLOG - all.unsent();
    return evacuation
        .terms()
        .maxConcurrent()
        .map(most -> Math.min(inBacklog, most - all.underWay()))
        .orElse(inBacklog);
  }
}
