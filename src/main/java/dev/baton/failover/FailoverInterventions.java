package dev.baton.failover;

import dev.baton.core.Actor;
import dev.baton.core.Caller;
import dev.baton.core.Timestamps;
import dev.baton.failover.approval.Consent.Standing;
import dev.baton.failover.approval.Review;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverProperties;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.problem.EntityTags;
import dev.baton.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do to a failover that there is: row, audit entry and wake-up in one short
 * transaction, decided on the failover as it stands then. Whoever may not is told why.
 */
@Component
class FailoverInterventions {
  private final FailoverRepository failovers;
  private final FailoverJournal journal;
  private final FailoverPolicy policy;
  private final FailoverScheduling scheduling;
  private final FailoverProperties limits;
  private final InstantSource clock;

  FailoverInterventions(
      FailoverRepository failovers,
      FailoverJournal journal,
      FailoverPolicy policy,
      FailoverScheduling scheduling,
      FailoverProperties limits,
      InstantSource clock) {
    this.failovers = failovers;
    this.journal = journal;
    this.policy = policy;
    this.scheduling = scheduling;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Somebody agrees. What was approved before no longer counts if policy demands more by now.
   *
   * @throws ProblemException if it doesn't wait for them
   */
  @Transactional
  Failover approve(FailoverId id, Caller caller, String comment) {
    var failover = awaiting(id);
    var now = now();
    var requester = failover.requester().person();
    var consent = failover.consent().facing(policy.demandedInGate(failover), now);
    // Policy may demand less by now, so that nobody's approval is missing any more.
    var isMissing = !consent.awaited(requester).isEmpty();
    if (isMissing) {
      var asked = asked(consent.standing(caller, requester), failover);
      consent = consent.with(caller.actor(), caller.person(), asked.groups(), comment, now);
    }
    if (consent.awaited(requester).isEmpty()) {
      failover.goAhead(consent, limits.startWithin(), now);
    } else {
      failover.approved(consent, now);
    }
    var data =
        isMissing
            ? FailoverEntries.approved(failover, consent.given().getLast())
            : FailoverEntries.commented(failover, comment);
    append(failover, FailoverEvent.APPROVAL_GIVEN, caller.actor(), data);
    return woken(failover);
  }

  private static Standing.Asked asked(Standing standing, Failover failover) {
    return switch (standing) {
      case Standing.Asked asked -> asked;
      case Standing.Requester _, Standing.HasApproved _, Standing.Stranger _ ->
          throw FailoverRefusals.approval(standing, failover);
    };
  }

  /**
   * Somebody doesn't agree, which ends it.
   *
   * @throws ProblemException if it doesn't wait for them
   */
  @Transactional
  Failover reject(FailoverId id, Caller caller, String comment) {
    var failover = awaiting(id);
    asked(failover.consent().standing(caller, failover.requester().person()), failover);
    append(
        failover,
        FailoverEvent.APPROVAL_REFUSED,
        caller.actor(),
        FailoverEntries.commented(failover, comment));
    end(
        failover,
        FailoverStatus.DENIED,
        "%s rejected it: %s".formatted(caller.actor().subject(), comment),
        caller.actor());
    return woken(failover);
  }

  private Failover awaiting(FailoverId id) {
    var failover = forChange(id);
    if (failover.status() != FailoverStatus.AWAITING_APPROVAL) {
      throw FailoverRefusals.notAwaitingApproval(failover);
    }
    failover
        .approveBefore()
        .filter(before -> !now().isBefore(before))
        .ifPresent(before -> {
          throw FailoverRefusals.approvalExpired(failover, before);
        });
    return failover;
  }

  /**
   * Somebody wants it no more.
   *
   * @throws ProblemException if AWS may have been called: that can't be recalled
   */
  @Transactional
  Failover cancel(FailoverId id, Actor actor, String comment) {
    var failover = forChange(id);
    if (!failover.status().isUnsent()) {
      throw FailoverRefusals.notCancellable(failover);
    }
    end(
        failover,
        FailoverStatus.CANCELLED,
        "%s cancelled it: %s".formatted(actor.subject(), comment),
        actor);
    return woken(failover);
  }

  private void end(Failover failover, FailoverStatus end, String why, Actor actor) {
    var finish = new ProcessDecision.Finish(end, FailoverEffect.NONE, why);
    journal.end(failover, finish, actor, failover.evidence(), Optional.empty());
  }

  /**
   * When a failover is to start instead.
   *
   * @param startBefore empty for the usual time after that
   */
  record Rescheduling(Instant at, Optional<Instant> startBefore) {}

  /**
   * It is to start at another time. Approvals were for the time that it had.
   *
   * @throws ProblemException if it is not this version, has started, or is somebody else's
   */
  @Transactional
  Failover reschedule(FailoverId id, Caller caller, Rescheduling wanted, EntityTags ifMatch) {
    var failover = forChange(id);
    if (!ifMatch.match(FailoverView.eTag(failover))) {
      throw FailoverRefusals.changed(failover, ifMatch);
    }
    if (!failover.status().isWaiting()) {
      throw FailoverRefusals.notReschedulable(failover);
    }
    if (!failover.requester().person().equals(caller.person())) {
      throw FailoverRefusals.notTheRequester(failover);
    }
    var now = now();
    var former = failover.scheduledFor();
    var before = wanted.startBefore().orElseGet(() -> wanted.at().plus(limits.startWithin()));
    failover.reschedule(wanted.at(), before, wanted.startBefore().isPresent(), now);
    if (!former.equals(Optional.of(wanted.at()))) {
      decideAnew(failover, now);
    }
    append(
        failover,
        FailoverEvent.FAILOVER_RESCHEDULED,
        caller.actor(),
        FailoverEntries.rescheduled(failover, former));
    return woken(failover);
  }

  /** On what is known of then; what can't be known yet is asked when it starts. */
  private void decideAnew(Failover failover, Instant now) {
    var decided = policy.decideAhead(failover, now);
    switch (decided.decision().outcome()) {
      case REFUSED -> throw FailoverRefusals.refusedThen(failover, decided.decision());
      case PASSED -> {
        if (failover.status() == FailoverStatus.AWAITING_APPROVAL) {
          failover.goAhead(failover.consent(), limits.startWithin(), now);
        }
      }
      case NEEDS_APPROVAL -> {
        var asked =
            failover
                .consent()
                .lapsed("it was given for another time", now)
                .asking(decided.demanded(), now);
        failover.askAgain(asked, decided.decision(), limits.startWithin(), now);
      }
    }
  }

  /**
   * Somebody else has looked into what was set aside for it.
   *
   * @throws ProblemException if there is nothing to look into, or it was their own doing
   */
  @Transactional
  Failover acknowledge(FailoverId id, Caller caller, String comment) {
    var failover = forChange(id);
    if (!failover.isAwaitingReview() || !failover.status().isFinished()) {
      throw FailoverRefusals.notReviewable(failover);
    }
    if (failover.requester().person().equals(caller.person())) {
      throw FailoverRefusals.ownReview(failover);
    }
    failover.reviewed(new Review(caller.actor(), now(), comment));
    append(
        failover,
        FailoverEvent.BREAK_GLASS_ACKNOWLEDGED,
        caller.actor(),
        FailoverEntries.commented(failover, comment));
    return failovers.saveAndFlush(failover);
  }

  /** Ends a failover whose fate is open by what a person saw; empty if it can't be ended now. */
  @Transactional
  Optional<Failover> resolve(FailoverId id, Resolution resolution, Actor actor) {
    return failovers
        .findForChange(id.value())
        .filter(Succession::isOpen)
        .filter(failover -> Succession.hasLanded(failover, clock.instant()))
        .map(failover -> {
          append(
              failover,
              FailoverEvent.FAILOVER_RESOLVED,
              actor,
              FailoverEntries.resolved(failover, resolution));
          journal.end(
              failover, resolution.end(actor), actor, failover.evidence(), Optional.empty());
          return failovers.saveAndFlush(failover);
        });
  }

  private Failover forChange(FailoverId id) {
    return failovers.findForChange(id.value()).orElseThrow();
  }

  /** In the transaction: whoever commits it has it looked at, also if they are gone right after. */
  private Failover woken(Failover failover) {
    var stored = failovers.saveAndFlush(failover);
    scheduling.wake(stored.id());
    return stored;
  }

  private void append(
      Failover failover, FailoverEvent event, Actor actor, Map<String, Object> data) {
    journal.append(failover, event, actor, data);
  }

  private Instant now() {
    return Timestamps.cut(clock.instant());
  }
}
