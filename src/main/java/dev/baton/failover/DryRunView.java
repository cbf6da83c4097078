package dev.baton.failover;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.Readiness;
import dev.baton.policy.PolicyDecision;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a request would come to, as far as that can be known without doing it. */
@Schema(name = "DryRun")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DryRunView(
    AccountId accountId,
    GlobalDatastoreId globalReplicationGroupId,
    FailoverMode mode,
    Optional<Region> sourceRegion,
    Region targetRegion,
    ReplicationGroupId targetReplicationGroupId,
    @Schema(description = "What policy says now; it is asked again right before the call.")
        PolicyDecision decision,
    @Schema(description = "How fit the target is to become primary, judged now.")
        Optional<Readiness> readiness,
    Lag replicationLag,
    DataLoss expectedDataLoss,
    Eta eta,
    @Schema(description = "The call that would be sent if policy allows it.") AwsCall awsCall,
    @Schema(
            description =
                "The unfinished failover that would be cancelled for it: one that was not sent.")
        Optional<UUID> takesPlaceOf) {

  /** How far the target is behind the primary. */
  @Schema(name = "DryRunReplicationLag")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Lag(
      @Schema(description = "Missing where it is unknown, which is never the same as zero.")
          Optional<Double> seconds,
      Optional<Instant> measuredAt,
      String explanation) {}

  /** What may be lost. */
  @Schema(name = "ExpectedDataLoss")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record DataLoss(
      @Schema(description = "The writes of about so many seconds; missing where that is unknown.")
          Optional<Double> seconds,
      String explanation) {}

  /** How long it would take from the call to the end. */
  @Schema(name = "Eta")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Eta(
      @Schema(description = "Half of the past promotions took no longer; missing without any.")
          Optional<Double> seconds,
      @Schema(description = "Nine of ten took no longer; missing without any.")
          Optional<Double> ninetiethPercentileSeconds,
      @Schema(description = "How many past promotions this is based on.") int promotions,
      @Schema(description = "What this is based on, in words.") String basis) {}
}
