package dev.baton.failover;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.approval.Approval;
import dev.baton.failover.approval.Review;
import dev.baton.failover.process.AttemptOutcome;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.DecisionChange;
import dev.baton.policy.PolicyDecision;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A failover as the API shows it. Nothing in it depends on the time of reading. */
@Schema(name = "Failover")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record FailoverView(
    UUID id,
    FailoverStatus status,
    FailoverMode mode,
    FailoverEffect effect,
    boolean simulated,
    AccountId accountId,
    GlobalDatastoreId globalReplicationGroupId,
    Optional<Region> sourceRegion,
    Region targetRegion,
    ReplicationGroupId targetReplicationGroupId,
    String reason,
    Optional<String> reference,
    Optional<Region> expectedPrimaryRegion,
    boolean acceptDataLoss,
    Optional<Instant> scheduledFor,
    Instant startBefore,
    List<String> overrides,
    Optional<UUID> supersedes,
    Optional<UUID> failbackOf,
    Optional<UUID> evacuationId,
    Actor requestedBy,
    Instant requestedAt,
    Instant updatedAt,
    Optional<Instant> finishedAt,
    PolicyDecision decision,
    @Schema(
            description =
                "What rules answer otherwise by now than when this was requested. Policy is asked"
                    + " again right before each call.")
        List<DecisionChange> policyChanges,
    @Schema(
            description =
                "What is demanded of whom, where approval is or was demanded, and how many have"
                    + " given it.")
        List<ApprovalDemand> approvalsDemanded,
    @Schema(description = "Until when people may approve it, while it waits for them.")
        Optional<Instant> approveBefore,
    List<ApprovalView> approvals,
    @Schema(description = "Whether rules were set aside for it that nobody has looked into yet.")
        boolean awaitingReview,
    Optional<Review> review,
    List<AttemptView> attempts,
    String explanation,
    Optional<Evidence> evidence,
    Optional<NewPrimary> newPrimary) {

  /** A call to AWS; {@code outcome} is missing while there is no answer. */
  @Schema(name = "Attempt")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record AttemptView(
      int number,
      String action,
      Region region,
      Instant sentAt,
      Optional<Instant> answeredAt,
      Optional<AttemptOutcome> outcome,
      Optional<String> awsRequestId,
      Optional<String> errorCode,
      Optional<String> errorMessage) {

    static AttemptView of(Attempt attempt) {
      return new AttemptView(
          attempt.number(),
          attempt.action(),
          attempt.region(),
          attempt.intendedAt(),
          attempt.answeredAt(),
          attempt.outcome(),
          attempt.awsRequestId(),
          attempt.errorCode(),
          attempt.errorMessage());
    }
  }

  /** Who has approved it; it counts unless it says when and why it lapsed. */
  @Schema(name = "Approval")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ApprovalView(
      Actor by,
      Instant at,
      String comment,
      Optional<Instant> lapsedAt,
      Optional<String> lapsedBecause) {

    static ApprovalView of(Approval approval) {
      return new ApprovalView(
          approval.by(),
          approval.at(),
          approval.comment(),
          approval.lapse().map(Approval.Lapse::at),
          approval.lapse().map(Approval.Lapse::why));
    }
  }

  static FailoverView of(Failover failover) {
    return new FailoverView(
        failover.id().value(),
        failover.status(),
        failover.mode(),
        failover.effect(),
        failover.isSimulated(),
        failover.accountId(),
        failover.globalReplicationGroupId(),
        failover.sourceRegion(),
        failover.targetRegion(),
        failover.targetReplicationGroupId(),
        failover.reason(),
        failover.reference(),
        failover.expectedPrimaryRegion(),
        failover.acceptsDataLoss(),
        failover.scheduledFor(),
        failover.startBefore(),
        failover.overrides().stream().sorted().toList(),
        failover.supersedes(),
        failover.failbackOf(),
        failover.evacuationId(),
        failover.requestedBy(),
        failover.requestedAt(),
        failover.updatedAt(),
        failover.finishedAt(),
        failover.decision(),
        failover.policyChanges(),
        failover.approvalsDemanded(),
        failover.approveBefore(),
        failover.consent().given().stream().map(ApprovalView::of).toList(),
        failover.isAwaitingReview(),
        failover.review(),
        failover.attempts().stream().map(AttemptView::of).toList(),
        FailoverExplanation.of(failover),
        failover.evidence(),
        NewPrimary.of(failover));
  }

  /** The strong entity tag of what is shown: it changes with every change of the failover. */
  static String eTag(Failover failover) {
    return eTag(failover.id(), failover.version());
  }

  static String eTag(FailoverId id, long version) {
    return "\"" + id + "-" + version + "\"";
  }
}
