package dev.baton.failover;

import dev.baton.core.FailoverMode;
import dev.baton.core.Region;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.RuleOutcome;
import java.util.stream.Collectors;

/** Says in words what is known of a failover, what Baton does next, and what a person can do. */
final class FailoverExplanation {
  private FailoverExplanation() {}

  static String of(Failover failover) {
    var standing = standing(failover) + review(failover);
    return failover.evidence().map(evidence -> standing + " " + inWords(evidence)).orElse(standing);
  }

  private static String review(Failover failover) {
    return failover.isAwaitingReview()
        ? (" Set aside for it: %s. Somebody else has to acknowledge that once it is over:"
                + " POST /v1/failovers/%s/acknowledge.")
            .formatted(
                failover.overrides().stream().sorted().collect(Collectors.joining(", ")),
                failover.id())
        : "";
  }

  private static String awaitingApproval(Failover failover) {
    var missing =
        failover.approvalsDemanded().stream()
            .filter(demand -> !demand.isMet())
            .map(ApprovalDemand::missing)
            .collect(Collectors.joining(", "));
    return ("It waits for approval until %s%s. Whoever may: POST /v1/failovers/%s/approve or"
            + " reject. Then %s.")
        .formatted(
            failover.approveBefore().orElse(failover.startBefore()),
            missing.isEmpty() ? "" : ", still missing: " + missing,
            failover.id(),
            failover
                .scheduledFor()
                .map("it waits for its time, %s"::formatted)
                .orElse("the call to AWS is next"));
  }

  private static String scheduled(Failover failover) {
    return ("It starts at %s, and policy is asked again then; if it can't be sent before %s, it"
            + " expires. PATCH /v1/failovers/%s gives it another time, POST /v1/failovers/%s/cancel"
            + " ends it.")
        .formatted(
            failover.scheduledFor().orElse(failover.startBefore()),
            failover.startBefore(),
            failover.id(),
            failover.id());
  }

  private static String standing(Failover failover) {
    return switch (failover.status()) {
      case AWAITING_APPROVAL -> awaitingApproval(failover);
      case SCHEDULED -> scheduled(failover);
      case PENDING -> pending(failover);
      case SWITCHING ->
          "The call to AWS is being made. If its answer is lost, Baton reads AWS from %s on."
              .formatted(last(failover).landsBefore());
      case PROMOTING ->
          failover.mode() == FailoverMode.DETACH
              ? "The target is leaving the Global datastore. Baton watches until its Region shows it"
                  + " alone and available; it can't be recalled."
              : "AWS is switching the roles. Baton watches until they have changed; this usually"
                  + " takes one to two minutes, and it can't be recalled.";
      case OUTCOME_UNKNOWN ->
          ("It is not known whether call %d reached AWS (%s). Baton reads AWS until that is clear,"
                  + " and calls again only if AWS keeps showing the old roles. Don't fail over by"
                  + " other means meanwhile.%s")
              .formatted(last(failover).number(), failover.cause(), wayOut(failover));
      case STALLED ->
          ("Stalled: %s. Baton goes on watching, and it may still succeed. Look at the Global"
                  + " datastore in the AWS console of %s.%s")
              .formatted(failover.cause(), failover.targetRegion(), wayOut(failover));
      case SUCCEEDED -> succeeded(failover) + " " + repoint(failover);
      case FAILED -> "Failed: %s. It may be requested again.".formatted(failover.cause());
      case DENIED ->
          failover.decision().outcome() == DecisionOutcome.REFUSED
              ? "Policy refused it; every rule that did says what to do. Nothing was changed."
                  + changes(failover)
              : "Rejected: %s. Nothing was changed.".formatted(failover.cause());
      case CANCELLED -> "Cancelled before AWS was called: %s.".formatted(failover.cause());
      case EXPIRED ->
          "Expired: %s. AWS was not called, or executed no call; it may be requested again."
              .formatted(failover.cause());
    };
  }

  /** Which rules refuse by now what they let pass when it was requested. */
  private static String changes(Failover failover) {
    return failover.policyChanges().stream()
        .filter(change -> change.outcome().filter(RuleOutcome::standsAgainst).isPresent())
        .map(change ->
            " When it was requested, rule %s of policy %s %s."
                .formatted(
                    change.rule(),
                    change.policy(),
                    change
                        .was()
                        .map(was ->
                            "said %s (version %d then, %d now)"
                                .formatted(
                                    was,
                                    change.versionBefore().orElseThrow(),
                                    change.version().orElseThrow()))
                        .orElse("was not there")))
        .collect(Collectors.joining());
  }

  /** From when on people can do what Baton can't, and what that is. */
  private static String wayOut(Failover failover) {
    var from = failover.snapshot().landedAt();
    var byHand = " From %s on, POST /v1/failovers/%s/resolve ends it by hand.";
    return failover.mode() == FailoverMode.DETACH
        ? byHand.formatted(from, failover.id())
        : (" If the Region that it leaves is lost and AWS can't promote the target, request mode"
                    + " DETACH with supersedes: \"%s\" from %s on.")
                .formatted(failover.id(), from)
            + byHand.formatted(from, failover.id());
  }

  private static String detached(Failover failover) {
    var source = failover.sourceRegion().map(Region::name).orElse("the other Regions");
    return ("%s in %s has left Global datastore %s and takes writes by itself. What had not been"
            + " replicated is in %s only, and whatever is still"
            + " written there is not here: let nobody write there. To rebuild, when %s is back:"
            + " compare the two, save what you need, delete the old Global datastore, make a new one"
            + " from %s (CreateGlobalReplicationGroup), and add replication groups in the other"
            + " Regions to it (CreateReplicationGroup with GlobalReplicationGroupId).")
        .formatted(
            failover.targetReplicationGroupId(),
            failover.targetRegion(),
            failover.globalReplicationGroupId(),
            source,
            source,
            failover.targetReplicationGroupId());
  }

  private static String succeeded(Failover failover) {
    return switch (failover.effect()) {
      case ALREADY_PRIMARY ->
          "%s was primary already: no call was made.".formatted(failover.targetRegion());
      case DETACHED -> detached(failover);
      case PROMOTED, NONE, UNKNOWN -> "%s is primary.".formatted(failover.targetRegion());
    };
  }

  /** Region by Region the names stay as they are, so no application follows by itself. */
  private static String repoint(Failover failover) {
    return failover
        .newPrimaryEndpoint()
        .map(endpoint ->
            "Applications don't follow by themselves: point those that write to %s."
                .formatted(endpoint.hostAndPort()))
        .orElseGet(() ->
            ("Applications don't follow by themselves: point those that write to the endpoint of"
                    + " %s, which Baton could not read in time; DescribeReplicationGroups in %s"
                    + " shows it.")
                .formatted(failover.targetReplicationGroupId(), failover.targetRegion()));
  }

  private static String inWords(Evidence evidence) {
    return "Since %s, %s has shown status %s and %s."
        .formatted(
            evidence.since(),
            evidence.seenFrom(),
            evidence.status(),
            evidence
                .primaryRegion()
                .map(region -> "the primary in " + region)
                .orElse("no single primary"));
  }

  private static String pending(Failover failover) {
    return failover.cause().isEmpty()
        ? "Accepted. The call to AWS is next."
        : "It isn't sent yet: %s. Baton tries until %s, then it expires."
            .formatted(failover.cause(), failover.startBefore());
  }

  private static Attempt last(Failover failover) {
    return failover.attempts().getLast();
  }
}
