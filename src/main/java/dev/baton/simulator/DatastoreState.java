package dev.baton.simulator;

import dev.baton.simulator.SimulatedDatastore.Member;
import dev.baton.simulator.SimulatedDatastore.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One Global datastore and what has been set in motion on it. Nothing runs in the background: what
 * a describe shows is computed for the instant at which it is asked.
 *
 * @param datastore as it was before the promotion and the departures
 * @param departures when the members that were disassociated leave, by Region
 */
record DatastoreState(
    SimulatedDatastore datastore,
    Optional<Promotion> promotion,
    Map<String, Instant> departures,
    int effectivePromotions) {

  private static final Set<String> SETTLED =
      Set.of(SimulatedDatastore.AVAILABLE, SimulatedDatastore.PRIMARY_ONLY);

  /** A promotion that was accepted: started when, of the member in which Region, going how. */
  record Promotion(Instant startedAt, String region, PromotionPlan plan) {

    boolean rolesFlipped(Instant now) {
      return plan.rolesFlippedAfter(Duration.between(startedAt, now));
    }

    boolean modifying(Instant now) {
      return plan.modifyingAfter(Duration.between(startedAt, now));
    }
  }

  static DatastoreState of(SimulatedDatastore datastore) {
    return new DatastoreState(datastore, Optional.empty(), Map.of(), 0);
  }

  DatastoreState counting(int promotions) {
    return new DatastoreState(datastore, promotion, departures, promotions);
  }

  String id() {
    return datastore.globalReplicationGroupId();
  }

  boolean hasMemberIn(String region, Instant now) {
    return datastore.members().stream()
        .anyMatch(member -> member.region().equals(region) && !hasLeft(member, now));
  }

  SimulatedDatastore at(Instant now) {
    if (promotion.isEmpty() && departures.isEmpty() && datastore.members().size() > 1) {
      return datastore;
    }
    List<Member> members =
        membersAt(now).stream()
            .filter(member -> !hasLeft(member, now))
            .map(member -> isLeaving(member) ? member.withStatus("disassociating") : member)
            .toList();
    return datastore.withMembers(members).withStatus(statusAt(now, members));
  }

  List<Member> departedAt(Instant now) {
    return datastore.members().stream().filter(member -> hasLeft(member, now)).toList();
  }

  /**
   * What the visible status allows is accepted, also while an earlier promotion is under way that
   * doesn't show yet or any more. AWS does not say which of two wins; here the later one does, and
   * both are counted, so that a call sent twice can't go unnoticed.
   */
  DatastoreState promote(String region, String replicationGroupId, AwsRules rules, Instant now) {
    SimulatedDatastore seen = at(now);
    refuseUnsettled(seen);
    Member target = memberOf(seen, region, replicationGroupId);
    if (target.isPrimary() && rules.presentPrimary() == PresentPrimary.INVALID_PARAMETER_VALUE) {
      throw QueryError.invalidValue(
          "Replication group %s in %s is already the primary of %s."
              .formatted(replicationGroupId, region, seen.globalReplicationGroupId()));
    }
    if (target.isPrimary() && rules.presentPrimary() == PresentPrimary.INVALID_STATE) {
      throw QueryError.invalidState(seen.globalReplicationGroupId(), seen.status());
    }
    PromotionPlan plan = rules.promotionPlan();
    boolean effective = !target.isPrimary() && plan.ending() == PromotionPlan.Ending.PROMOTED;
    return new DatastoreState(
        datastore.withMembers(membersAt(now)),
        Optional.of(new Promotion(now, region, plan)),
        departures,
        effectivePromotions + (effective ? 1 : 0));
  }

  DatastoreState disassociate(
      String region, String replicationGroupId, AwsRules rules, Instant now) {
    SimulatedDatastore seen = at(now);
    Member leaving = memberOf(seen, region, replicationGroupId);
    boolean promoting = promotion.filter(running -> running.modifying(now)).isPresent();
    if (isLeaving(leaving) || !(promoting && rules.disassociatesWhilePromoting())) {
      refuseUnsettled(seen);
    }
    if (leaving.isPrimary()) {
      throw QueryError.invalidValue(
          "Replication group %s in %s is the primary of %s and can't be disassociated."
              .formatted(replicationGroupId, region, seen.globalReplicationGroupId()));
    }
    Map<String, Instant> changed = new TreeMap<>(departures);
    changed.put(region, now.plus(rules.disassociationTime()));
    return new DatastoreState(
        datastore.withMembers(membersAt(now)),
        promotion.filter(running -> !running.region().equals(region)),
        Map.copyOf(changed),
        effectivePromotions);
  }

  private List<Member> membersAt(Instant now) {
    return promotion
        .filter(running -> running.rolesFlipped(now))
        .map(running -> withPrimaryIn(running.region()))
        .orElse(datastore.members());
  }

  private List<Member> withPrimaryIn(String region) {
    return datastore.members().stream()
        .map(member ->
            member.withRole(member.region().equals(region) ? Role.PRIMARY : Role.SECONDARY))
        .toList();
  }

  private String statusAt(Instant now, List<Member> members) {
    boolean promoting = promotion.filter(running -> running.modifying(now)).isPresent();
    if (promoting || members.stream().anyMatch(this::isLeaving)) {
      return SimulatedDatastore.MODIFYING;
    }
    boolean alone = members.size() == 1 && datastore.status().equals(SimulatedDatastore.AVAILABLE);
    return alone ? SimulatedDatastore.PRIMARY_ONLY : datastore.status();
  }

  private boolean isLeaving(Member member) {
    return departures.containsKey(member.region());
  }

  private boolean hasLeft(Member member, Instant now) {
    Instant leaves = departures.get(member.region());
    return leaves != null && !now.isBefore(leaves);
  }

  private static void refuseUnsettled(SimulatedDatastore seen) {
    if (!SETTLED.contains(seen.status())) {
      throw QueryError.invalidState(seen.globalReplicationGroupId(), seen.status());
    }
  }

  private static Member memberOf(
      SimulatedDatastore seen, String region, String replicationGroupId) {
    return seen.members().stream()
        .filter(member -> member.is(replicationGroupId, region))
        .findFirst()
        .orElseThrow(() ->
            QueryError.invalidValue(
                "Replication group %s in %s is not a member of %s."
                    .formatted(replicationGroupId, region, seen.globalReplicationGroupId())));
  }
}
