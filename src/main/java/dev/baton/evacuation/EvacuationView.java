package dev.baton.evacuation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.evacuation.EvacuationProcess.Wave;
import dev.baton.failover.approval.Approval;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.DecisionOutcome;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** An evacuation as the API shows it. */
@Schema(name = "Evacuation")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record EvacuationView(
    UUID id,
    EvacuationStatus status,
    boolean simulated,
    Region fromRegion,
    List<Region> toRegions,
    SelectorView selector,
    FailoverMode mode,
    boolean acceptDataLoss,
    int canary,
    Optional<Integer> waveSize,
    Optional<Integer> maxConcurrent,
    Duration pauseBetweenWaves,
    Optional<Integer> stopAfterFailures,
    String reason,
    Optional<String> reference,
    List<String> overrides,
    Optional<UUID> rollbackOf,
    Actor requestedBy,
    Instant requestedAt,
    Instant updatedAt,
    Optional<Instant> finishedAt,
    List<ApprovalDemand> approvalsDemanded,
    Optional<Instant> approveBefore,
    List<ApprovalView> approvals,
    String explanation,
    int total,
    Map<String, Integer> counts,
    List<WaveView> waves,
    Rate rate,
    Optional<EtaView> eta,
    List<ErrorView> firstErrors,
    Optional<Oldest> oldestUnfinished,
    List<LeftOutView> leftOut) {

  /** Which Global datastores were meant. */
  @Schema(name = "EvacuationSelector")
  record SelectorView(
      boolean all, List<String> globalReplicationGroupIds, List<AccountId> accountIds) {

    static SelectorView of(EvacuationTerms.Selector selector) {
      return new SelectorView(
          selector.all(), selector.globalReplicationGroupIds(), selector.accountIds());
    }
  }

  /** Who has approved it as a whole. */
  @Schema(name = "EvacuationApproval")
  record ApprovalView(Actor by, Instant at, String comment) {
    static ApprovalView of(Approval approval) {
      return new ApprovalView(approval.by(), approval.at(), approval.comment());
    }
  }

  /** Those that go together. */
  @Schema(name = "EvacuationWave")
  record WaveView(int number, WaveStatus status, Map<String, Integer> counts) {
    static WaveView of(Wave wave) {
      var tally = wave.tally();
      var status =
          tally.isOver()
              ? WaveStatus.OVER
              : tally.hasBegun() ? WaveStatus.RUNNING : WaveStatus.WAITING;
      return new WaveView(wave.number(), status, tally.counts());
    }
  }

  /** How far a wave has come. */
  enum WaveStatus {
    WAITING,
    RUNNING,
    OVER
  }

  /** How fast it goes. */
  @Schema(name = "EvacuationRate")
  record Rate(int succeededInLastMinute) {}

  /** How long it will take. */
  @Schema(name = "EvacuationEta")
  record EtaView(double seconds, String basis) {}

  /** What failed. */
  @Schema(name = "EvacuationError")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ErrorView(
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      Optional<UUID> failoverId,
      String status,
      String why) {

    static ErrorView of(EvacuationMember member) {
      return new ErrorView(
          member.accountId(),
          member.globalReplicationGroupId(),
          member.failoverId(),
          member.status(),
          member.why().orElse(""));
    }
  }

  /** What has been under way longest. */
  @Schema(name = "EvacuationOldest")
  record Oldest(UUID failoverId, GlobalDatastoreId globalReplicationGroupId, String status) {}

  /** What was selected and is not moved. */
  @Schema(name = "LeftOut")
  record LeftOutView(AccountId accountId, GlobalDatastoreId globalReplicationGroupId, String why) {
    static LeftOutView of(Plan.LeftOut one) {
      return new LeftOutView(one.accountId(), one.globalReplicationGroupId(), one.why());
    }

    static LeftOutView of(EvacuationMember one) {
      return new LeftOutView(one.accountId(), one.globalReplicationGroupId(), one.why().orElse(""));
    }
  }

  /** A Global datastore that is part of it. */
  @Schema(name = "EvacuationMember")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record MemberView(
      int position,
      int wave,
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      Optional<Region> sourceRegion,
      Optional<Region> targetRegion,
      Optional<ReplicationGroupId> targetReplicationGroupId,
      String status,
      Optional<UUID> failoverId,
      Optional<String> why,
      Optional<ReadinessLevel> plannedReadiness,
      Optional<Double> plannedLagSeconds,
      Optional<UUID> failbackOf) {

    static MemberView of(EvacuationMember member) {
      var move = member.move();
      return new MemberView(
          member.position(),
          member.wave(),
          member.accountId(),
          member.globalReplicationGroupId(),
          move.map(EvacuationMember.Move::source),
          move.map(EvacuationMember.Move::target),
          move.map(EvacuationMember.Move::targetGroup),
          member.status(),
          member.failoverId(),
          member.why(),
          member.readiness(),
          member.lagSeconds(),
          member.failbackOf());
    }
  }

  /** What it would come to. */
  @Schema(name = "EvacuationPlan")
  record PlanView(
      int total,
      List<PlannedWave> waves,
      List<PlannedView> planned,
      List<LeftOutView> leftOut,
      List<ApprovalDemand> approvalsDemanded,
      EtaView eta) {

    /** So many would go together. */
    @Schema(name = "PlannedWave")
    record PlannedWave(int number, int count) {}

    static PlanView of(Plan plan) {
      var waves =
          plan.planned().stream()
              .collect(
                  Collectors.groupingBy(Plan.Planned::wave, TreeMap::new, Collectors.counting()));
      return new PlanView(
          plan.planned().size(),
          waves.entrySet().stream()
              .map(wave -> new PlannedWave(wave.getKey(), wave.getValue().intValue()))
              .toList(),
          plan.planned().stream().map(PlannedView::of).toList(),
          plan.leftOut().stream().map(LeftOutView::of).toList(),
          plan.demanded(),
          new EtaView(plan.eta().seconds(), plan.eta().basis()));
    }
  }

  /** A Global datastore that would be moved. */
  @Schema(name = "PlannedMember")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record PlannedView(
      int wave,
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      Region sourceRegion,
      Region targetRegion,
      ReplicationGroupId targetReplicationGroupId,
      DecisionOutcome decision,
      Optional<ReadinessLevel> readiness,
      Optional<Double> lagSeconds,
      Optional<UUID> failbackOf) {

    static PlannedView of(Plan.Planned one) {
      return new PlannedView(
          one.wave(),
          one.accountId(),
          one.globalReplicationGroupId(),
          one.move().source(),
          one.move().target(),
          one.move().targetGroup(),
          one.decision().outcome(),
          one.readiness(),
          one.lagSeconds(),
          one.failbackOf());
    }
  }
}
