package dev.baton.globaldatastore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import dev.baton.globaldatastore.ReplicationLag.Known;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Global datastore with every field that AWS gives, as the youngest describe showed it. */
@Schema(name = "GlobalDatastore")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record GlobalDatastoreView(
    AccountId accountId,
    GlobalDatastoreId globalReplicationGroupId,
    String globalReplicationGroupDescription,
    String status,
    String cacheNodeType,
    String engine,
    String engineVersion,
    List<MemberView> members,
    boolean clusterEnabled,
    List<GlobalNodeGroup> globalNodeGroups,
    boolean authTokenEnabled,
    boolean transitEncryptionEnabled,
    boolean atRestEncryptionEnabled,
    String arn,
    Optional<Region> primaryRegion,
    @Schema(
            description =
                "Where applications write to. Only where a single Global datastore is shown, and"
                    + " only if it is known.")
        Optional<Endpoint> primaryEndpoint,
    @Schema(
            description =
                "How the primary came to where it is. Only where a single Global datastore is"
                    + " shown, and only if it was seen to move.")
        Optional<LastMove> lastMove,
    Region observedFrom,
    Instant observedAt) {

  static GlobalDatastoreView of(
      Observation seen,
      Map<Region, ReadinessLevel> readiness,
      Map<Region, Known> lags,
      Optional<Endpoint> primaryEndpoint,
      Optional<LastMove> lastMove) {
    var datastore = seen.datastore();
    return new GlobalDatastoreView(
        seen.accountId(),
        datastore.id(),
        datastore.description(),
        datastore.status(),
        datastore.cacheNodeType(),
        datastore.engine(),
        datastore.engineVersion(),
        datastore.members().stream().map(member -> MemberView.of(member, readiness, lags)).toList(),
        datastore.clusterEnabled(),
        datastore.globalNodeGroups(),
        datastore.authTokenEnabled(),
        datastore.transitEncryptionEnabled(),
        datastore.atRestEncryptionEnabled(),
        datastore.arn(),
        datastore.primary().map(Member::region),
        primaryEndpoint,
        lastMove,
        seen.region(),
        seen.beganAt());
  }

  /** A member, in AWS's names. */
  @Schema(name = "Member")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record MemberView(
      String replicationGroupId,
      Region replicationGroupRegion,
      String role,
      String automaticFailover,
      String status,
      @Schema(
              description =
                  "How fit this member is to become primary, as the observers judged it last;"
                      + " missing for the primary, and where it was not judged yet.")
          Optional<ReadinessLevel> readiness,
      @Schema(
              description =
                  "How far this secondary is behind the primary. Only where a single Global"
                      + " datastore is shown, and only if it is known: absent is not zero.")
          Optional<ReplicationLagView> replicationLag) {

    static MemberView of(
        Member member, Map<Region, ReadinessLevel> readiness, Map<Region, Known> lags) {
      return new MemberView(
          member.replicationGroupId().value(),
          member.region(),
          member.role(),
          member.automaticFailover(),
          member.status(),
          Optional.ofNullable(readiness.get(member.region())),
          Optional.ofNullable(lags.get(member.region())).map(ReplicationLagView::of));
    }
  }

  /**
   * A lag as CloudWatch measured it.
   *
   * @param measuredAt the begin of the minute that it is the largest of
   * @param readAt when CloudWatch was asked for it
   */
  @Schema(name = "ReplicationLag")
  record ReplicationLagView(double seconds, Instant measuredAt, Instant readAt) {

    static ReplicationLagView of(Known known) {
      return new ReplicationLagView(
          known.lag().toNanos() / 1e9, known.measuredAt(), known.readAt());
    }
  }
}
