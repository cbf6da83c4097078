package dev.baton.failover;

import dev.baton.core.Groups;
import dev.baton.core.Region;
import dev.baton.failover.approval.Consent;
import dev.baton.failover.approval.Review;
import dev.baton.failover.process.AttemptSnapshot;
import dev.baton.failover.process.BeforeItsTime;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.Instants;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.Endpoint;
import dev.baton.globaldatastore.Member;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.Requester;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A failover from its request to its end. Its verbs are the only way to change it, and {@link
 * #become} refuses what {@link FailoverStatus#successors()} doesn't allow.
 */
@Entity
@Table(name = "failover")
class Failover extends FailoverRow {

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected Failover() {}

  /**
   * A failover that policy has decided on: it may go ahead, has to wait, or is denied.
   *
   * @param source the primary at the time of the request, if AWS showed exactly one
   * @param target the secondary that is to become primary
   * @param startBefore when it expires if it is not sent by then; later by the time for which
   *     people are waited for, unless the request says when
   */
  Failover(
      FailoverRequest request,
      Optional<Member> source,
      Member target,
      Requester requester,
      Decided decided,
      Instant startBefore,
      boolean simulated,
      Instant now) {
    this.id = UUID.randomUUID();
    this.isNew = true;
    this.accountId = request.accountId();
    this.globalReplicationGroupId = request.globalReplicationGroupId();
    this.sourceRegion = source.map(Member::region).orElse(null);
    this.sourceReplicationGroupId = source.map(Member::replicationGroupId).orElse(null);
    this.targetRegion = target.region();
    this.targetReplicationGroupId = target.replicationGroupId();
    this.mode = request.mode();
    this.terms = Terms.of(request);
    this.evacuationId = request.evacuation().map(MemberOf::evacuationId).orElse(null);
    this.consent = request.evacuation().map(MemberOf::consent).orElse(null);
    this.simulated = simulated;
    this.requestedBySubject = requester.actor().subject();
    this.requestedByKind = requester.actor().kind();
    this.requestedByPerson = requester.person();
    this.requestedByGroups = requester.groups() instanceof Groups.Known known ? known : null;
    this.requestedAt = now;
    this.updatedAt = now;
    this.cause = "";
    this.decision = decided.decision();
    this.decisionWhenRequested = decided.decision();
    this.facts = decided.facts();
    this.status =
        switch (decision.outcome()) {
          case REFUSED -> FailoverStatus.DENIED;
          case NEEDS_APPROVAL -> FailoverStatus.AWAITING_APPROVAL;
          case PASSED -> whenApproved(now);
        };
    var isDenied = status == FailoverStatus.DENIED;
    this.effect = isDenied ? FailoverEffect.NONE : FailoverEffect.UNKNOWN;
    this.finishedAt = isDenied ? now : null;
    this.awaitingReview = !isDenied && !terms.overrides().isEmpty();
    if (status == FailoverStatus.AWAITING_APPROVAL) {
      this.consent = consent().asking(decided.demanded(), now);
    }
    this.startBefore = startBefore;
    if (status == FailoverStatus.AWAITING_APPROVAL && startsWhenApproved()) {
      this.startBefore = approveBefore().orElseThrow().plus(Duration.between(now, startBefore));
    }
  }

  private FailoverStatus whenApproved(Instant now) {
    return scheduledFor().filter(now::isBefore).isPresent()
        ? FailoverStatus.SCHEDULED
        : FailoverStatus.PENDING;
  }

  /** When there may be something to do about it for the first time. */
  Instant firstLookAt() {
    return status == FailoverStatus.SCHEDULED
        ? BeforeItsTime.nextLook(scheduledFor(), requestedAt())
        : requestedAt();
  }

  /** Whether nothing but its approval tells when it may start, and how long it may then take. */
  private boolean startsWhenApproved() {
    return !terms.isStartBeforeGiven() && scheduledFor().isEmpty();
  }

  /** Somebody has approved it, but others are still waited for. */
  void approved(Consent given, Instant now) {
    refuseIfFinished();
    consent = given;
    updatedAt = now;
  }

  /**
   * All have approved it that had to.
   *
   * @param startWithin how long it may take to start, where nobody said until when
   */
  void goAhead(Consent given, Duration startWithin, Instant now) {
    become(whenApproved(now), "", now);
    consent = given;
    if (startsWhenApproved()) {
      startBefore = now.plus(startWithin);
    }
  }

  /** People have to agree, although it had been so far that it could go ahead. */
  void askAgain(Consent asked, PolicyDecision demanding, Duration startWithin, Instant now) {
    if (status != FailoverStatus.AWAITING_APPROVAL) {
      become(FailoverStatus.AWAITING_APPROVAL, "", now);
    }
    consent = asked;
    decision = demanding;
    updatedAt = now;
    if (startsWhenApproved()) {
      startBefore = approveBefore().orElseThrow().plus(startWithin);
    }
  }

  /** Its time has come. */
  void isDue(Instant now) {
    become(FailoverStatus.PENDING, "", now);
  }

  /**
   * It is to start at another time.
   *
   * @param before when it expires if it is not sent by then
   * @param isBeforeGiven whether that was asked for
   */
  void reschedule(Instant at, Instant before, boolean isBeforeGiven, Instant now) {
    refuseIfFinished();
    terms = terms.at(at, isBeforeGiven);
    startBefore = before;
    updatedAt = now;
  }

  /** Somebody has looked into what was set aside for it; it stays over, if it is. */
  void reviewed(Review done) {
    if (!awaitingReview) {
      throw new IllegalStateException("failover %s awaits no review".formatted(id));
    }
    review = done;
    awaitingReview = false;
    updatedAt = done.at();
  }

  /**
   * Policy, asked again right before a call, refuses. While an earlier call may have had its effect
   * that is no end: then there is just no further call.
   */
  void deny(PolicyDecision refusal, Instant now) {
    decision = refusal;
    if (status == FailoverStatus.OUTCOME_UNKNOWN) {
      waits("policy refuses another call", now);
      return;
    }
    finish(FailoverStatus.DENIED, FailoverEffect.NONE, "policy refuses it by now", evidence(), now);
  }

  /**
   * Records that a call is about to be sent; nothing may be sent before this is committed.
   *
   * @param endpoint the Region whose endpoint it goes to
   */
  Attempt intend(
      Region endpoint,
      PolicyDecision decisionNow,
      Duration sendWithin,
      Duration landsWithin,
      Instant now) {
    decision = decisionNow;
    become(FailoverStatus.SWITCHING, "", now);
    var sendBefore = Instants.earlier(now.plus(sendWithin), startBefore);
    var attempt =
        new Attempt(
            id(),
            attempts.size() + 1,
            AwsCall.action(mode),
            endpoint,
            now,
            sendBefore,
            sendBefore.plus(landsWithin));
    attempts.add(attempt);
    return attempt;
  }

  /** Whether an outcome of this attempt is still waited for. */
  boolean awaitsAnswerOf(int number) {
    return status == FailoverStatus.SWITCHING
        && lastAttempt().number() == number
        && lastAttempt().answeredAt().isEmpty();
  }

  /** Stores what came of the last call. */
  void answered(CallOutcome answer, Instant now) {
    var wasUncertain =
        snapshot().attempts().stream()
            .limit(attempts.size() - 1L)
            .anyMatch(AttemptSnapshot::isUncertain);
    lastAttempt().answered(answer, now);
    switch (answer) {
      case CallOutcome.Accepted _ -> promotionStarted("AWS accepted the call", now);
      case CallOutcome.Unknown unknown ->
          become(FailoverStatus.OUTCOME_UNKNOWN, unknown.message(), now);
      case CallOutcome.NotExecuted notExecuted -> notDone(notExecuted.message(), wasUncertain, now);
      case CallOutcome.Refused refused when refused.passing() || wasUncertain ->
          notDone(refused.message(), wasUncertain, now);
      case CallOutcome.Refused refused ->
          finish(
              FailoverStatus.FAILED,
              FailoverEffect.NONE,
              "AWS refused the call: %s: %s".formatted(refused.code(), refused.message()),
              evidence(),
              now);
    }
  }

  /** Nothing came of this call, but an earlier one may have had its effect meanwhile. */
  private void notDone(String why, boolean wasUncertain, Instant now) {
    become(wasUncertain ? FailoverStatus.OUTCOME_UNKNOWN : FailoverStatus.PENDING, why, now);
  }

  /** The last call's answer was never recorded: whoever sent it is gone. */
  void lostTrackOfCall(String why, Instant now) {
    lastAttempt()
        .answered(new CallOutcome.Unknown("NoAnswerRecorded", why), lastAttempt().landsBefore());
    become(FailoverStatus.OUTCOME_UNKNOWN, why, now);
  }

  /** AWS is switching the roles. */
  void promotionStarted(String why, Instant now) {
    promotionStartedAt = now;
    become(FailoverStatus.PROMOTING, why, now);
  }

  /** The promotion takes longer than it should. */
  void stall(String why, Instant now) {
    become(FailoverStatus.STALLED, why, now);
  }

  /** Holds keep it from going on, and nothing else. */
  void heldBack(PolicyDecision held, String why, Instant now) {
    decision = held;
    waits(why, now);
  }

  /** It isn't going on for another reason than before. */
  void waits(String why, Instant now) {
    refuseIfFinished();
    cause = why;
    updatedAt = now;
  }

  /** The primary is there, and not where it was when this was requested. */
  void sourceMoved(Member source, Instant now) {
    refuseIfFinished();
    sourceRegion = source.region();
    sourceReplicationGroupId = source.replicationGroupId();
    updatedAt = now;
    if (consent != null) {
      consent =
          consent.lapsed("it was for moving the primary from another Region than it is in", now);
    }
  }

  /** AWS shows the Global datastore otherwise than before. */
  void observed(Evidence shown, Instant now) {
    refuseIfFinished();
    evidence = shown;
    updatedAt = now;
  }

  /** It is over: what it did, why it ended so, and what AWS showed then. */
  void finish(
      FailoverStatus end,
      FailoverEffect finalEffect,
      String why,
      Optional<Evidence> shown,
      Instant now) {
    if (!end.isFinished()) {
      throw new IllegalArgumentException(end + " is no end");
    }
    become(end, why, now);
    effect = finalEffect;
    evidence = shown.orElse(null);
    finishedAt = now;
  }

  /** Where applications are to be pointed to, now that it has succeeded. */
  void newPrimaryAnswersAt(Endpoint endpoint) {
    if (status != FailoverStatus.SUCCEEDED) {
      throw new IllegalStateException(
          "failover %s is %s: it has no new primary".formatted(id, status));
    }
    newPrimaryAddress = endpoint.address();
    newPrimaryPort = endpoint.port();
  }

  private void become(FailoverStatus next, String why, Instant now) {
    if (!status.successors().contains(next)) {
      throw new IllegalStateException(
          "failover %s is %s: it can't become %s".formatted(id, status, next));
    }
    status = next;
    cause = why;
    updatedAt = now;
  }

  private void refuseIfFinished() {
    if (status.isFinished()) {
      throw new IllegalStateException("failover %s is %s: it stays so".formatted(id, status));
    }
  }

  private Attempt lastAttempt() {
    return attempts.getLast();
  }
}
