package dev.baton.failover;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.policy.DecisionChange;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyWarning;
import dev.baton.policy.RuleOutcome;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What comes of trying a policy, as the API shows it. */
final class PolicyTrialView {
  private PolicyTrialView() {}

  /** On a request. */
  @Schema(name = "PolicyEvaluation")
  record Evaluation(
      @Schema(description = "The name of the policy that was tried.") String policy,
      @Schema(description = "The time that it was tried for.") Instant at,
      @Schema(description = "What all policies would say, with the document in force.")
          PolicyDecision decision,
      @Schema(description = "What the policies say that are in force.") PolicyDecision inForce,
      @Schema(description = "What rules would answer otherwise than those in force.")
          List<DecisionChange> changes,
      @Schema(description = "What the author of the document may not mean.")
          List<PolicyWarning> warnings) {

    static Evaluation of(PolicyTrials.Evaluation trial) {
      return new Evaluation(
          trial.draft().name(),
          trial.at(),
          trial.decision(),
          trial.inForce(),
          trial.decision().changesSince(trial.inForce()),
          trial.draft().warnings());
    }
  }

  /** On what was requested. */
  @Schema(name = "PolicyBacktest")
  record Backtest(
      @Schema(description = "The name of the policy that was tried.") String policy,
      @Schema(description = "How many failovers it was tried on.") int compared,
      @Schema(description = "How many could not be compared: their facts were not kept.")
          int withoutFacts,
      @Schema(description = "Those that would be decided otherwise, the youngest first.")
          List<Otherwise> otherwise,
      @Schema(description = "What the author of the document may not mean.")
          List<PolicyWarning> warnings) {

    static Backtest of(PolicyTrials.Backtest trial) {
      return new Backtest(
          trial.draft().name(),
          trial.compared(),
          trial.withoutFacts(),
          trial.otherwise().stream().map(Otherwise::of).toList(),
          trial.draft().warnings());
    }
  }

  /** A failover that would be decided otherwise. */
  @Schema(name = "DecidedOtherwise")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Otherwise(
      UUID failoverId,
      Instant requestedAt,
      Actor requestedBy,
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      FailoverMode mode,
      Optional<Region> sourceRegion,
      Region targetRegion,
      @Schema(description = "What policy said when it was requested.") DecisionOutcome was,
      @Schema(description = "What the policies would say that are in force now.")
          DecisionOutcome inForce,
      @Schema(description = "What they would say with the document in force.")
          DecisionOutcome wouldBe,
      @Schema(description = "The rules that answer otherwise than when it was requested.")
          List<Reason> because) {

    static Otherwise of(PolicyTrials.Otherwise one) {
      var failover = one.failover();
      return new Otherwise(
          failover.id().value(),
          failover.requestedAt(),
          failover.requestedBy(),
          failover.accountId(),
          failover.globalReplicationGroupId(),
          failover.mode(),
          failover.sourceRegion(),
          failover.targetRegion(),
          one.was().outcome(),
          one.inForce().outcome(),
          one.wouldBe().outcome(),
          one.because().stream().map(Reason::of).toList());
    }
  }

  /** A rule that answers otherwise. */
  @Schema(name = "ReasonDecidedOtherwise")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Reason(
      String rule,
      String policy,
      @Schema(description = "What it answered then; missing where it was not there.")
          Optional<RuleOutcome> was,
      @Schema(description = "What it would answer; missing where it is gone.")
          Optional<RuleOutcome> wouldBe,
      @Schema(description = "What it would see, or saw then if it is gone.") String seen,
      @Schema(description = "What it wants, or wanted then if it is gone.") String demanded,
      @Schema(description = "What could be done about it; empty where it passes.") String remedy) {

    static Reason of(PolicyTrials.Reason reason) {
      var change = reason.change();
      return new Reason(
          change.rule(),
          change.policy(),
          change.was(),
          change.outcome(),
          reason.said().seen(),
          reason.said().demanded(),
          reason.said().remedy());
    }
  }
}
