package dev.baton.failover;

import dev.baton.core.Actor;
import dev.baton.core.Region;
import dev.baton.failover.approval.Consent;
import dev.baton.failover.process.FailoverProcess;
import dev.baton.failover.process.FailoverProperties;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.Known;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.Endpoint;
import dev.baton.globaldatastore.Member;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.RuleOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Every change of a failover: row, audit entry and task in one short transaction. A change is made
 * only on the version that it was decided on.
 */
@Component
class FailoverLedger {
  private final FailoverRepository failovers;
  private final FailoverJournal journal;
  private final FailoverPolicy policy;
  private final EvacuationGate evacuations;
  private final FailoverScheduling scheduling;
  private final FailoverProperties limits;
  private final FailoverProcess process;
  private final InstantSource clock;

  FailoverLedger(
      FailoverRepository failovers,
      FailoverJournal journal,
      FailoverPolicy policy,
      EvacuationGate evacuations,
      FailoverScheduling scheduling,
      FailoverProperties limits,
      InstantSource clock) {
    this.failovers = failovers;
    this.journal = journal;
    this.policy = policy;
    this.evacuations = evacuations;
    this.scheduling = scheduling;
    this.limits = limits;
    this.process = new FailoverProcess(limits);
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
    append(stored, FailoverEvent.FAILOVER_REQUESTED, stored.requestedBy(), data);
    if (stored.status().isFinished()) {
      append(stored, FailoverEvent.FAILOVER_DENIED, FailoverEntries.denied(stored));
    } else {
      scheduling.schedule(stored.id(), stored.firstLookAt());
    }
    return stored;
  }

  /** Whether a call may be sent now. */
  sealed interface Passage {
    /** It may: its intent is committed. */
    record Open(Failover failover, Attempt attempt) implements Passage {}

    /** Something has changed, or policy is against it. */
    record Shut() implements Passage {}

    /** Not as long as it is held back. */
    record Held(String why) implements Passage {}
  }

  /**
   * Records the intent to call AWS, if policy still allows it, and if the facts still say so: this
   * execution may have been paused since they were read.
   *
   * @param foundOut what policy may look at; found out before this, because that takes time
   * @param callTimeout how long the call may take once it is sent
   */
  @Transactional
  Passage intend(
      FailoverId id, long version, Known known, FoundOut foundOut, Duration callTimeout) {
    var landsWithin = callTimeout.plus(limits.landsMargin());
    return at(id, version)
        .map(failover -> {
          var now = clock.instant();
          if (!(process.decide(failover.snapshot(), known, now)
                  instanceof ProcessDecision.Send(var endpoint))
              || known.movedSource(failover.snapshot()).isPresent()) {
            return new Passage.Shut();
          }
          var heldBack = failover.evacuationId().flatMap(evacuations::heldBack);
          if (heldBack.isPresent()) {
            return waiting(failover, heldBack.get(), now);
          }
          return policy
              .decideInGate(failover, foundOut, now)
              .map(decided -> intend(failover, endpoint, decided, landsWithin, now))
              .orElseGet(Passage.Shut::new);
        })
        .orElseGet(Passage.Shut::new);
  }

  private Passage intend(
      Failover failover, Region endpoint, Decided decided, Duration landsWithin, Instant now) {
    var decision = decided.decision();
    if (decision.isHeld() && failover.status() == FailoverStatus.PENDING) {
      return hold(failover, decision, now);
    }
    if (policy.waits(failover, decided)) {
      return waiting(failover, undecided(decision), now);
    }
    if (!decision.isAllowed()) {
      withhold(failover, decided, now);
      return new Passage.Shut();
    }
    var attempt = failover.intend(endpoint, decision, limits.sendWithin(), landsWithin, now);
    append(failover, FailoverEvent.CALL_INTENDED, FailoverEntries.intended(failover, attempt));
    failovers.saveAndFlush(failover);
    return new Passage.Open(failover, attempt);
  }

  private static String undecided(PolicyDecision decision) {
    return "policy waits for what is not known yet, or for others to end: rule "
        + decision.refusals().stream()
            .map(rule -> "%s/%s".formatted(rule.policy(), rule.rule()))
            .collect(Collectors.joining(", "));
  }

  private Passage waiting(Failover failover, String why, Instant now) {
    if (!failover.cause().equals(why)) {
      failover.waits(why, now);
      append(failover, FailoverEvent.FAILOVER_WAITING, FailoverEntries.standing(failover));
    }
    return new Passage.Held(why);
  }

  /** Nobody has decided against it: it waits until it is let go, or expires. */
  private Passage hold(Failover failover, PolicyDecision decision, Instant now) {
    var why =
        decision.refusals().stream()
            .filter(rule -> rule.outcome() == RuleOutcome.REFUSED)
            .map(rule -> "hold %s: %s".formatted(rule.rule(), rule.seen()))
            .collect(Collectors.joining("; "));
    if (!failover.cause().equals(why)) {
      failover.heldBack(decision, why, now);
      append(failover, FailoverEvent.FAILOVER_WAITING, FailoverEntries.denied(failover));
    }
    return new Passage.Held(why);
  }

  private void withhold(Failover failover, Decided decided, Instant now) {
    if (decided.decision().outcome() == DecisionOutcome.NEEDS_APPROVAL
        && failover.status() == FailoverStatus.PENDING) {
      askAgain(failover, decided, now);
    } else {
      deny(failover, decided.decision(), now);
    }
  }

  /** What was approved is not what policy demands by now, or not what is to be done by now. */
  private void askAgain(Failover failover, Decided decided, Instant now) {
    var asked =
        failover
            .consent()
            .lapsed("policy demands more by now, or what was approved has changed", now)
            .asking(decided.demanded(), now);
    failover.askAgain(asked, decided.decision(), limits.startWithin(), now);
    append(failover, FailoverEvent.APPROVAL_DEMANDED, FailoverEntries.demanded(failover));
  }

  private void deny(Failover failover, PolicyDecision refusal, Instant now) {
    failover.deny(refusal, now);
    var event =
        failover.status().isFinished()
            ? FailoverEvent.FAILOVER_DENIED
            : FailoverEvent.FAILOVER_WAITING;
    append(failover, event, FailoverEntries.denied(failover));
  }

  /**
   * Goes ahead with what waits for people, if policy by now demands no more than they have given.
   */
  @Transactional
  boolean reconsider(FailoverId id, long version) {
    var settled =
        at(id, version)
            .flatMap(failover -> {
              var now = clock.instant();
              var consent = failover.consent().facing(policy.demandedInGate(failover), now);
              return Optional.of(consent)
                  .filter(it -> it.awaited(failover.requester().person()).isEmpty())
                  .map(it -> goAhead(failover, it, now));
            });
    return settled.isPresent();
  }

  private Failover goAhead(Failover failover, Consent consent, Instant now) {
    failover.goAhead(consent, limits.startWithin(), now);
    append(failover, FailoverEvent.APPROVAL_NOT_MISSING, FailoverEntries.demanded(failover));
    return failover;
  }

  /** Stores what came of the call, unless it was given up meanwhile: then it is only recorded. */
  @Transactional
  void answered(FailoverId id, int attempt, CallOutcome answer) {
    var failover = failovers.findForChange(id.value()).orElseThrow();
    if (!failover.awaitsAnswerOf(attempt)) {
      append(
          failover,
          FailoverEvent.CALL_ANSWERED_LATE,
          FailoverEntries.answered(failover, attempt, answer));
      return;
    }
    failover.answered(answer, clock.instant());
    append(
        failover, FailoverEvent.CALL_ANSWERED, FailoverEntries.answered(failover, attempt, answer));
    if (failover.status().isFinished()) {
      append(failover, FailoverEvent.ofEnd(failover.status()), FailoverEntries.finished(failover));
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
          append(failover, event(next.status()), FailoverEntries.standing(failover));
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
          append(
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
          append(failover, FailoverEvent.FAILOVER_WAITING, FailoverEntries.standing(failover));
        });
  }

  @Transactional
  boolean observed(FailoverId id, long version, Evidence shown) {
    return change(
        id,
        version,
        failover -> {
          failover.observed(shown, clock.instant());
          append(failover, FailoverEvent.TOPOLOGY_OBSERVED, FailoverEntries.standing(failover));
        });
  }

  /** Whether the change was made: not if somebody else changed the failover first. */
  private boolean change(FailoverId id, long version, Consumer<Failover> change) {
    var found = at(id, version);
    found.ifPresent(change);
    return found.isPresent();
  }

  private Optional<Failover> at(FailoverId id, long version) {
    return failovers.findForChange(id.value()).filter(one -> one.version() == version);
  }

  private void append(Failover failover, FailoverEvent event, Map<String, Object> data) {
    append(failover, event, Actor.BATON, data);
  }

  private void append(
      Failover failover, FailoverEvent event, Actor actor, Map<String, Object> data) {
    journal.append(failover, event, actor, data);
  }
}
