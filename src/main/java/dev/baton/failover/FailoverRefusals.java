package dev.baton.failover;

import dev.baton.failover.approval.ApprovalRefusal;
import dev.baton.failover.approval.Consent.Standing;
import dev.baton.policy.PolicyDecision;
import dev.baton.problem.EntityTags;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.time.Instant;

/** Why people may not do to a failover what they want to. Nothing was changed then. */
final class FailoverRefusals {
  private FailoverRefusals() {}

  static ProblemException notAwaitingApproval(Failover failover) {
    return problem(
        ProblemType.NOT_AWAITING_APPROVAL,
        failover,
        failover.status().isFinished()
            ? "The failover is over: %s.".formatted(failover.status())
            : "The failover is %s: nobody's approval is missing.".formatted(failover.status()));
  }

  static ProblemException approvalExpired(Failover failover, Instant before) {
    return problem(
        ProblemType.NOT_AWAITING_APPROVAL,
        failover,
        "It could be approved before %s, and is about to expire.".formatted(before));
  }

  static ProblemException approval(Standing standing, Failover failover) {
    var missing = failover.consent().awaited(failover.requester().person());
    return ApprovalRefusal.of(standing, "failover", missing).with("failoverId", failover.id());
  }

  static ProblemException notCancellable(Failover failover) {
    return problem(
        ProblemType.NOT_CANCELLABLE,
        failover,
        failover.status().isFinished()
            ? "The failover is over: %s. There is nothing left to cancel."
                .formatted(failover.status())
            : ("The failover is %s: AWS has been called, or may have been, and that can't"
                    + " be recalled. Baton goes on watching it.")
                .formatted(failover.status()));
  }

  static ProblemException notReschedulable(Failover failover) {
    return problem(
        ProblemType.NOT_RESCHEDULABLE,
        failover,
        "The failover is %s. Only what is AWAITING_APPROVAL or SCHEDULED can be given another time."
            .formatted(failover.status()));
  }

  static ProblemException notTheRequester(Failover failover) {
    return problem(
        ProblemType.FORBIDDEN,
        failover,
        ("Only %s, who asked for it, can give it another time. Anybody who may request"
                + " failovers can cancel it.")
            .formatted(failover.requestedBy().subject()));
  }

  static ProblemException changed(Failover failover, EntityTags ifMatch) {
    return problem(
        ProblemType.FAILOVER_CHANGED,
        failover,
        "If-Match is %s, but the failover is %s, and %s."
            .formatted(ifMatch, FailoverView.eTag(failover), failover.status()));
  }

  static ProblemException refusedThen(Failover failover, PolicyDecision decision) {
    return problem(
            ProblemType.REFUSED_BY_POLICY,
            failover,
            "Policy refuses it at that time. It stays as it was.")
        .with("refusals", decision.refusals());
  }

  static ProblemException notReviewable(Failover failover) {
    var why =
        failover
            .review()
            .map(review ->
                "%s has acknowledged it at %s.".formatted(review.by().subject(), review.at()))
            .orElseGet(() ->
                failover.isAwaitingReview()
                    ? "It is %s: what was set aside for it is looked into once it is over."
                        .formatted(failover.status())
                    : "No rule was set aside for it.");
    return problem(ProblemType.NOT_REVIEWABLE, failover, why);
  }

  static ProblemException ownReview(Failover failover) {
    return problem(
        ProblemType.OWN_REQUEST,
        failover,
        "You asked for this failover yourself, by this or another token of yours, so somebody"
            + " else has to acknowledge it.");
  }

  private static ProblemException problem(ProblemType type, Failover failover, String detail) {
    return new ProblemException(type, detail).with("failoverId", failover.id());
  }
}
