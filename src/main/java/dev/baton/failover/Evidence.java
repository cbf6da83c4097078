package dev.baton.failover;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What AWS showed when a failover was last judged by it.
 *
 * @param seenFrom the Region whose endpoint showed it
 * @param since when AWS began to show just this
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Evidence(
    Region seenFrom,
    String status,
    Optional<Region> primaryRegion,
    List<MemberState> members,
    Instant since) {

  Evidence {
    // What was stored without one is read as null.
    primaryRegion = requireNonNullElse(primaryRegion, Optional.empty());
  }

  /** A member's part in it. */
  record MemberState(
      ReplicationGroupId replicationGroupId,
      @JsonProperty("replicationGroupRegion") Region region,
      String role,
      String status) {}

  static Evidence of(Observation seen) {
    return new Evidence(
        seen.region(),
        seen.datastore().status(),
        seen.datastore().primary().map(Member::region),
        members(seen.datastore()),
        seen.since());
  }

  private static List<MemberState> members(GlobalDatastore datastore) {
    return datastore.members().stream()
        .map(member ->
            new MemberState(
                member.replicationGroupId(), member.region(), member.role(), member.status()))
        .toList();
  }
}
