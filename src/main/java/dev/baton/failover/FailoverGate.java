package dev.baton.failover;

import dev.baton.core.Region;
import dev.baton.failover.approval.Consent;
import dev.baton.failover.process.FailoverProcess;
import dev.baton.failover.process.FailoverProperties;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.Known;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.RuleOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where policy is asked once more, in the transaction that does what it says: before AWS is called,
 * and while a failover waits for approvals.
 */
@Component
class FailoverGate {
  private final FailoverRepository failovers;
  private final FailoverJournal journal;
  private final FailoverPolicy policy;
  private final EvacuationGate evacuations;
  private final FailoverProperties limits;
  private final FailoverProcess process;
  private final InstantSource clock;

  FailoverGate(
      FailoverRepository failovers,
      FailoverJournal journal,
      FailoverPolicy policy,
      EvacuationGate evacuations,
      FailoverProperties limits,
      InstantSource clock) {
    this.failovers = failovers;
    this.journal = journal;
    this.policy = policy;
    this.evacuations = evacuations;
    this.limits = limits;
    this.process = new FailoverProcess(limits);
    this.clock = clock;
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
    return failovers
        .findForChange(id.value(), version)
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
    journal.append(
        failover, FailoverEvent.CALL_INTENDED, FailoverEntries.intended(failover, attempt));
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
      journal.append(failover, FailoverEvent.FAILOVER_WAITING, FailoverEntries.standing(failover));
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
      journal.append(failover, FailoverEvent.FAILOVER_WAITING, FailoverEntries.denied(failover));
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
    journal.append(failover, FailoverEvent.APPROVAL_DEMANDED, FailoverEntries.demanded(failover));
  }

  private void deny(Failover failover, PolicyDecision refusal, Instant now) {
    failover.deny(refusal, now);
    var event =
        failover.status().isFinished()
            ? FailoverEvent.FAILOVER_DENIED
            : FailoverEvent.FAILOVER_WAITING;
    journal.append(failover, event, FailoverEntries.denied(failover));
  }

  /**
   * Goes ahead with what waits for people, if policy by now demands no more than they have given.
   */
  @Transactional
  boolean reconsider(FailoverId id, long version) {
    var settled =
        failovers
            .findForChange(id.value(), version)
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
    journal.append(
        failover, FailoverEvent.APPROVAL_NOT_MISSING, FailoverEntries.demanded(failover));
    return failover;
  }
}
