package dev.baton.evacuation;

import dev.baton.core.Actor;
import dev.baton.core.Timestamps;
import dev.baton.evacuation.EvacuationMember.Outcome;
import dev.baton.evacuation.EvacuationProcess.Decision;
import dev.baton.evacuation.EvacuationProcess.Snapshot;
import dev.baton.failover.MemberFailovers;
import dev.baton.globaldatastore.Observers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Takes an evacuation as far as it goes now. */
@Component
class EvacuationStep {
  private static final Logger LOG = LoggerFactory.getLogger(EvacuationStep.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration BETWEEN_ENTRIES = Duration.ofSeconds(1);

  /** More decisions than this in one go, and others should have their turn. */
  private static final int MOST_DECISIONS = 10;

  private final EvacuationTable evacuations;
  private final EvacuationMemberTable members;
  private final EvacuationJournal journal;
  private final MemberFailovers failovers;
  private final Observers observers;
  private final TransactionOperations transactions;
  private final InstantSource clock;

  EvacuationStep(
      EvacuationTable evacuations,
      EvacuationMemberTable members,
      EvacuationJournal journal,
      MemberFailovers failovers,
      Observers observers,
      TransactionOperations transactions,
      InstantSource clock) {
    this.evacuations = evacuations;
    this.members = members;
    this.journal = journal;
    this.failovers = failovers;
    this.observers = observers;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** When to look again; empty if it is over. */
  Optional<Instant> run(UUID id) {
    for (int decisions = 0; decisions < MOST_DECISIONS; decisions++) {
      members.endFinished(id);
      var snapshot = snapshot(id);
      var now = now();
      switch (EvacuationProcess.decide(snapshot, now)) {
        case Decision.Over _ -> {
          return Optional.empty();
        }
        case Decision.Wait(var until) -> {
          tell(id);
          return Optional.of(until);
        }
        case Decision.Finish(var end, var why) -> stand(snapshot, end, why);
        case Decision.Pause(var why) -> stand(snapshot, EvacuationStatus.PAUSED, why);
        case Decision.CancelUnsent _ -> cancelUnsent(snapshot.evacuation());
        case Decision.Start start -> {
          if (!start(snapshot.evacuation(), start)) {
            tell(id);
            return Optional.of(now().plus(PAUSE));
          }
        }
      }
    }
    tell(id);
    return Optional.of(now());
  }

  private Snapshot snapshot(UUID id) {
    return new Snapshot(evacuations.find(id).orElseThrow(), members.waves(id));
  }

  /** Unless somebody changed it first. */
  private void stand(Snapshot judged, EvacuationStatus next, String why) {
    var id = judged.evacuation().id();
    transactions.executeWithoutResult(_ ->
        evacuations
            .findForChange(id)
            .filter(found -> found.version() == judged.evacuation().version())
            .ifPresent(found -> {
              var now = now();
              var waves = members.waves(id);
              var changed = found.standing(next, why, now).telling(told(waves), now);
              evacuations.change(changed);
              var event =
                  next.isFinished()
                      ? EvacuationEvent.ofEnd(next)
                      : EvacuationEvent.EVACUATION_PAUSED;
              journal.append(changed, event, Actor.BATON, waves, Map.of(), now);
              LOG.info("Evacuation {} is {}: {}", id, next, why);
            }));
  }

  private static String told(List<EvacuationProcess.Wave> waves) {
    return waves.toString();
  }

  /** How far it has come, if that is new, and not more often than somebody can read. */
  private void tell(UUID id) {
    transactions.executeWithoutResult(_ -> {
      var now = now();
      evacuations
          .findForChange(id)
          .filter(found -> !found.status().isFinished())
          .filter(found -> !now.isBefore(found.updatedAt().plus(BETWEEN_ENTRIES)))
          .ifPresent(found -> {
            var waves = members.waves(id);
            if (!found.told().equals(told(waves))) {
              var changed = found.telling(told(waves), now);
              evacuations.change(changed);
              journal.append(
                  changed,
                  EvacuationEvent.EVACUATION_PROGRESSED,
                  Actor.BATON,
                  waves,
                  Map.of(),
                  now);
            }
          });
    });
  }

  private void cancelUnsent(Evacuation evacuation) {
    transactions.executeWithoutResult(
        _ -> members.cancelNotStarted(evacuation.id(), evacuation.cause()));
    for (var failoverId : members.unsent(evacuation.id())) {
      failovers.cancelUnlessSent(
          failoverId, Actor.BATON, "evacuation " + evacuation.id() + " was aborted");
    }
  }

  /** Whether any could start. */
  private boolean start(Evacuation evacuation, Decision.Start start) {
    var next = members.notStarted(evacuation.id(), start.wave(), start.count());
    observe(next);
    var hasStarted = false;
    for (var member : next) {
      hasStarted |= startOne(evacuation, member);
    }
    return hasStarted;
  }

  private void observe(List<EvacuationMember> next) {
    next.stream()
        .flatMap(member ->
            member.move().stream()
                .flatMap(move -> Stream.of(move.source(), move.target()))
                .map(region -> Map.entry(member.accountId(), region)))
        .distinct()
        .forEach(place -> observers.lookSoon(place.getKey(), place.getValue()));
  }

  private boolean startOne(Evacuation evacuation, EvacuationMember member) {
    var id = evacuation.id();
    return switch (failovers.start(
        order(evacuation, member),
        failoverId -> isRunning(id) && members.started(id, member.position(), failoverId))) {
      case MemberFailovers.Outcome.Started _ -> true;
      case MemberFailovers.Outcome.HasToWait _ -> false;
      case MemberFailovers.Outcome.NotNeeded(var why) -> ended(id, member, Outcome.LEFT_OUT, why);
      case MemberFailovers.Outcome.TurnedAway(var why) ->
          ended(id, member, Outcome.TURNED_AWAY, why);
    };
  }

  private boolean ended(UUID id, EvacuationMember member, Outcome outcome, String why) {
    transactions.executeWithoutResult(_ -> members.endWithout(id, member.position(), outcome, why));
    return true;
  }

  /** It stays so to the end of the transaction. */
  private boolean isRunning(UUID id) {
    return evacuations
        .findHeld(id)
        .filter(found -> found.status() == EvacuationStatus.RUNNING)
        .isPresent();
  }

  private static MemberFailovers.Order order(Evacuation evacuation, EvacuationMember member) {
    var move = member.move().orElseThrow();
    var terms = evacuation.terms();
    return new MemberFailovers.Order(
        evacuation.id(),
        member.accountId(),
        member.globalReplicationGroupId(),
        move.source(),
        move.target(),
        move.targetGroup(),
        terms.mode(),
        terms.reason(),
        terms.reference(),
        terms.acceptDataLoss(),
        terms.overrides(),
        evacuation.requester(),
        evacuation.consent(),
        member.failbackOf());
  }

  private Instant now() {
    return Timestamps.cut(clock.instant());
  }
}
