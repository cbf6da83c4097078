package dev.baton.policy.hold;

import dev.baton.audit.AuditLog;
import dev.baton.audit.AuditStream;
import dev.baton.core.Actor;
import dev.baton.core.Timestamps;
import dev.baton.policy.CallsUnderWay;
import dev.baton.policy.HoldScope;
import dev.baton.policy.HoldsChanged;
import dev.baton.policy.gate.PolicyGate;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sets and ends holds, each with its entry in the audit log. As soon as that is committed, no
 * instance sends a call that it holds back.
 */
@Component
class HoldDesk {
  private final HoldTable table;
  private final PolicyGate gate;
  private final CallsUnderWay calls;
  private final AuditLog audit;
  private final TransactionOperations transactions;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  HoldDesk(
      HoldTable table,
      PolicyGate gate,
      CallsUnderWay calls,
      AuditLog audit,
      TransactionOperations transactions,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.table = table;
    this.gate = gate;
    this.calls = calls;
    this.audit = audit;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  /** What is wanted. */
  record Wanted(HoldScope scope, String reason, Optional<Instant> expiresAt) {}

  /**
   * A hold that was set.
   *
   * @param underWay the failovers in its scope that it came too late for: they go on, and no other
   *     call follows
   */
  record SetHold(Hold hold, List<CallsUnderWay.Call> underWay) {}

  SetHold set(Wanted wanted, Actor actor) {
    var set = inGate(() -> add(wanted, actor));
    events.publishEvent(new HoldsChanged());
    return set;
  }

  private SetHold add(Wanted wanted, Actor actor) {
    var hold =
        new Hold(
            UUID.randomUUID(),
            wanted.scope(),
            wanted.reason(),
            actor,
            now(),
            wanted.expiresAt(),
            Optional.empty());
    var underWay = calls.unfinished().stream().filter(call -> call.isWithin(hold.scope())).toList();
    table.add(hold);
    underWay.forEach(call -> calls.cameTooLate(call, hold.standing()));
    var data = new LinkedHashMap<String, Object>();
    data.put("scope", ScopeView.of(hold.scope()));
    data.put("reason", hold.reason());
    hold.expiresAt().ifPresent(at -> data.put("expiresAt", at));
    data.put("underWay", underWay.stream().map(CallsUnderWay.Call::failoverId).toList());
    append(hold, "HOLD_SET", actor, hold.setAt(), data);
    return new SetHold(hold, underWay);
  }

  /** Sets one unless Baton has set one for everything that still stands. */
  Optional<Hold> setOnce(String reason) {
    return inGate(() ->
        table.standing(now()).stream().anyMatch(HoldDesk::isClosed)
            ? Optional.empty()
            : Optional.of(
                add(new Wanted(new HoldScope.All(), reason, Optional.empty()), Actor.BATON)
                    .hold()));
  }

  private static boolean isClosed(Hold hold) {
    return hold.setBy().equals(Actor.BATON) && hold.scope() instanceof HoldScope.All;
  }

  /**
   * Ends a hold.
   *
   * @throws ProblemException if there is none, or if it is over
   */
  Hold end(UUID id, String comment, Actor actor) {
    var ended =
        inGate(() -> {
          var hold = table.find(id).orElseThrow(HoldDesk::unknown);
          refuseIfOver(hold);
          var end = new Hold.End(actor, now(), comment);
          table.end(id, end);
          append(hold, "HOLD_ENDED", actor, end.at(), Map.of("comment", comment));
          return hold.ended(end);
        });
    events.publishEvent(new HoldsChanged());
    return ended;
  }

  private void refuseIfOver(Hold hold) {
    hold.end()
        .ifPresent(end -> {
          throw new ProblemException(
              ProblemType.HOLD_OVER,
              "%s ended it at %s: %s".formatted(end.by().subject(), end.at(), end.comment()));
        });
    if (hold.isExpired(now())) {
      throw new ProblemException(
          ProblemType.HOLD_OVER, "It expired at %s.".formatted(hold.expiresAt().orElseThrow()));
    }
  }

  static ProblemException unknown() {
    return new ProblemException(
        ProblemType.UNKNOWN_HOLD, "There is no hold with this id; GET /v1/holds lists them.");
  }

  private void append(Hold hold, String type, Actor actor, Instant at, Map<String, Object> data) {
    audit.append(AuditStream.of("hold", hold.id()), type, actor, at, data);
  }

  /** Alone: whoever is about to call waits, and then knows of it. */
  private <T> T inGate(Supplier<T> change) {
    return Objects.requireNonNull(
        transactions.execute(_ -> {
          gate.lockedRevision();
          var done = change.get();
          gate.countChange();
          return done;
        }));
  }

  private Instant now() {
    return Timestamps.cut(clock.instant());
  }
}
