package dev.baton.failover;

import dev.baton.core.Actor;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.Endpoint;
import dev.baton.globaldatastore.Member;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How a failover is stored and goes on: row, audit entry and task in one short transaction. A
 * change is made only on the version that it was decided on.
 */
@Component
class FailoverLedger {
  private final FailoverRepository failovers;
  private final FailoverJournal journal;
  private final FailoverScheduling scheduling;
  private final InstantSource clock;

  FailoverLedger(
      FailoverRepository failovers,
      FailoverJournal journal,
      FailoverScheduling scheduling,
      InstantSource clock) {
    this.failovers = failovers;
    this.journal = journal;
    this.scheduling = scheduling;
    this.clock = clock;
  }

  /**
   * Stores a rescue that was accepted, and ends the failover that it takes the place of. What
   * counts is how that one stands now: it may have found another reason to wait since it was looked
   * at.
   *
   * @return empty if it has gone on, so that it no longer gives way
   */
  @Transactional
  Optional<Failover> openInsteadOf(Failover waiting, Failover rescue) {
    var other = failovers.findForChange(waiting.id().value()).orElseThrow();
    if (other.status().isFinished()) {
      return Optional.of(open(rescue));
    }
    return Succession.end(other, rescue, clock.instant())
        .map(end -> {
          journal.end(other, end, rescue.requestedBy(), other.evidence(), Optional.empty());
          failovers.saveAndFlush(other);
          return open(rescue);
        });
  }

  /**
   * Stores a failover that was accepted, or denied.
   *
   * @throws org.springframework.dao.DataIntegrityViolationException if another one is unfinished
   */
  @Transactional
  Failover open(Failover failover) {
    var stored = failovers.saveAndFlush(failover);
    var data = FailoverEntries.requested(stored);
    journal.append(stored, FailoverEvent.FAILOVER_REQUESTED, stored.requestedBy(), data);
    if (stored.status().isFinished()) {
      journal.append(stored, FailoverEvent.FAILOVER_DENIED, FailoverEntries.denied(stored));
    } else {
      scheduling.schedule(stored.id(), stored.firstLookAt());
    }
    return stored;
  }

  /** Stores what came of the call, unless it was given up meanwhile: then it is only recorded. */
  @Transactional
  void answered(FailoverId id, int attempt, CallOutcome answer) {
    var failover = failovers.findForChange(id.value()).orElseThrow();
    if (!failover.awaitsAnswerOf(attempt)) {
      journal.append(
          failover,
          FailoverEvent.CALL_ANSWERED_LATE,
          FailoverEntries.answered(failover, attempt, answer));
      return;
    }
    failover.answered(answer, clock.instant());
    journal.append(
        failover, FailoverEvent.CALL_ANSWERED, FailoverEntries.answered(failover, attempt, answer));
    if (failover.status().isFinished()) {
      journal.append(
          failover, FailoverEvent.ofEnd(failover.status()), FailoverEntries.finished(failover));
    }
  }

  @Transactional
  boolean become(
      FailoverId id, long version, ProcessDecision.Become next, Optional<Evidence> shown) {
    return change(
        id,
        version,
        failover -> {
          var now = clock.instant();
          switch (next.status()) {
            case OUTCOME_UNKNOWN -> failover.lostTrackOfCall(next.why(), now);
            case PROMOTING -> failover.promotionStarted(next.why(), now);
            case STALLED -> failover.stall(next.why(), now);
            case PENDING -> failover.isDue(now);
            default -> throw new IllegalArgumentException("no step leads to " + next.status());
          }
          shown.ifPresent(evidence -> failover.observed(evidence, now));
          journal.append(failover, event(next.status()), FailoverEntries.standing(failover));
        });
  }

  private static FailoverEvent event(FailoverStatus status) {
    return switch (status) {
      case OUTCOME_UNKNOWN -> FailoverEvent.CALL_ANSWER_LOST;
      case PROMOTING -> FailoverEvent.PROMOTION_OBSERVED;
      case STALLED -> FailoverEvent.FAILOVER_STALLED;
      case PENDING -> FailoverEvent.FAILOVER_DUE;
      default -> throw new IllegalArgumentException("no event tells of " + status);
    };
  }

  /**
   * Ends a failover.
   *
   * @param endpoint where applications are to be pointed to, as far as that is known
   */
  @Transactional
  boolean finish(
      FailoverId id,
      long version,
      ProcessDecision.Finish end,
      Optional<Evidence> shown,
      Optional<Endpoint> endpoint) {
    return change(
        id, version, failover -> journal.end(failover, end, Actor.BATON, shown, endpoint));
  }

  /**
   * Records that the primary is not where it was when the failover was requested.
   *
   * @param source where it is
   */
  @Transactional
  boolean sourceMoved(FailoverId id, long version, Member source) {
    return change(
        id,
        version,
        failover -> {
          var former = failover.sourceRegion();
          failover.sourceMoved(source, clock.instant());
          journal.append(
              failover, FailoverEvent.SOURCE_MOVED, FailoverEntries.sourceMoved(failover, former));
        });
  }

  @Transactional
  boolean waits(FailoverId id, long version, String why) {
    return change(
        id,
        version,
        failover -> {
          failover.waits(why, clock.instant());
          journal.append(
              failover, FailoverEvent.FAILOVER_WAITING, FailoverEntries.standing(failover));
        });
  }

  @Transactional
  boolean observed(FailoverId id, long version, Evidence shown) {
    return change(
        id,
        version,
        failover -> {
          failover.observed(shown, clock.instant());
          journal.append(
              failover, FailoverEvent.TOPOLOGY_OBSERVED, FailoverEntries.standing(failover));
        });
  }

  /** Whether the change was made: not if somebody else changed the failover first. */
  private boolean change(FailoverId id, long version, Consumer<Failover> change) {
    var found = failovers.findForChange(id.value(), version);
    found.ifPresent(change);
    return found.isPresent();
  }
}
