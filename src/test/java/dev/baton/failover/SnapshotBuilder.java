package dev.baton.failover;

import static dev.baton.failover.Scenes.EXPIRY;
import static dev.baton.failover.Scenes.IN_IRELAND;
import static dev.baton.failover.Scenes.IRELAND;
import static dev.baton.failover.Scenes.LANDS;
import static dev.baton.failover.Scenes.at;

import dev.baton.core.FailoverMode;
import dev.baton.core.Region;
import dev.baton.failover.process.AttemptOutcome;
import dev.baton.failover.process.AttemptSnapshot;
import dev.baton.failover.process.FailoverSnapshot;
import dev.baton.failover.process.FailoverStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A failover to Ireland at some point of its life. Times are seconds from noon. */
final class SnapshotBuilder {
  private Optional<Instant> scheduledFor = Optional.empty();
  private Optional<Instant> approveBefore = Optional.empty();
  private final FailoverStatus status;
  private final List<AttemptSnapshot> attempts = new ArrayList<>();
  private FailoverMode mode = FailoverMode.FAILOVER;
  private Optional<Region> expectedPrimary = Optional.empty();
  private Optional<Instant> promotionStartedAt = Optional.empty();
  private boolean refusedByPolicy;
  private boolean unreached;
  private Region endpoint = IRELAND;

  SnapshotBuilder(FailoverStatus status) {
    this.status = status;
  }

  SnapshotBuilder mode(FailoverMode wanted) {
    mode = wanted;
    return this;
  }

  SnapshotBuilder expectingPrimaryIn(Region region) {
    expectedPrimary = Optional.of(region);
    return this;
  }

  SnapshotBuilder promotingSince(double seconds) {
    promotionStartedAt = Optional.of(at(seconds));
    return this;
  }

  SnapshotBuilder refusedByPolicy() {
    refusedByPolicy = true;
    return this;
  }

  /** A call whose answer is not there yet. */
  SnapshotBuilder unanswered(double intendedAt) {
    return attempt(intendedAt, Optional.empty(), Optional.empty(), false);
  }

  SnapshotBuilder accepted(double intendedAt, double answeredAt) {
    return answered(intendedAt, answeredAt, AttemptOutcome.ACCEPTED, false);
  }

  SnapshotBuilder unknown(double intendedAt, double answeredAt) {
    return answered(intendedAt, answeredAt, AttemptOutcome.UNKNOWN, false);
  }

  SnapshotBuilder notExecuted(double intendedAt, double answeredAt) {
    return answered(intendedAt, answeredAt, AttemptOutcome.NOT_EXECUTED, false);
  }

  /** Not executed, because nothing reached this Region's endpoint. */
  SnapshotBuilder unreached(Region region, double intendedAt, double answeredAt) {
    endpoint = region;
    unreached = true;
    return notExecuted(intendedAt, answeredAt);
  }

  /** Refused for a reason that may pass by itself. */
  SnapshotBuilder refusedForNow(double intendedAt, double answeredAt) {
    return answered(intendedAt, answeredAt, AttemptOutcome.REFUSED, true);
  }

  SnapshotBuilder refusedForGood(double intendedAt, double answeredAt) {
    return answered(intendedAt, answeredAt, AttemptOutcome.REFUSED, false);
  }

  SnapshotBuilder scheduledFor(double seconds) {
    scheduledFor = Optional.of(at(seconds));
    return this;
  }

  SnapshotBuilder approveBefore(double seconds) {
    approveBefore = Optional.of(at(seconds));
    return this;
  }

  FailoverSnapshot build() {
    return new FailoverSnapshot(
        status,
        mode,
        Optional.of(Scenes.VIRGINIA),
        IRELAND,
        IN_IRELAND,
        expectedPrimary,
        scheduledFor,
        approveBefore,
        at(EXPIRY),
        promotionStartedAt,
        refusedByPolicy,
        List.copyOf(attempts));
  }

  private SnapshotBuilder answered(
      double intendedAt, double answeredAt, AttemptOutcome outcome, boolean passing) {
    return attempt(intendedAt, Optional.of(at(answeredAt)), Optional.of(outcome), passing);
  }

  private SnapshotBuilder attempt(
      double intendedAt,
      Optional<Instant> answeredAt,
      Optional<AttemptOutcome> outcome,
      boolean passing) {
    attempts.add(
        new AttemptSnapshot(
            attempts.size() + 1,
            endpoint,
            at(intendedAt),
            at(intendedAt + 5),
            at(intendedAt + LANDS),
            answeredAt,
            outcome,
            passing,
            unreached));
    unreached = false;
    endpoint = IRELAND;
    return this;
  }
}
