package dev.baton.simulator;

import dev.baton.simulator.SimulatedDatastore.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the answers about a Global datastore show in place of the truth, be it ever so impossible.
 * What is accepted depends on the truth.
 *
 * @param status the status that is shown
 * @param members the members that are shown, none at all or unknown ones among them
 * @param roles the roles that are shown of the members in these Regions
 * @param memberStatuses the statuses that are shown of the members in these Regions
 * @param nodeTypes the node types that are shown of the replication groups in these Regions
 * @param engines the engines that are shown of the replication groups in these Regions
 */
public record Disguise(
    Optional<String> status,
    Optional<List<ShownMember>> members,
    Map<String, String> roles,
    Map<String, String> memberStatuses,
    Map<String, String> nodeTypes,
    Map<String, String> engines) {

  /** A member as it is shown. */
  public record ShownMember(
      String replicationGroupId,
      String region,
      String role,
      String automaticFailover,
      String status) {

    static ShownMember of(Member member) {
      return new ShownMember(
          member.replicationGroupId(),
          member.region(),
          member.role().name(),
          member.automaticFailover(),
          member.status());
    }
  }

  /** A datastore with what is shown of it. */
  record Shown(SimulatedDatastore datastore, String status, List<ShownMember> members) {}

  public Disguise {
    members = members.map(List::copyOf);
    roles = Map.copyOf(roles);
    memberStatuses = Map.copyOf(memberStatuses);
    nodeTypes = Map.copyOf(nodeTypes);
    engines = Map.copyOf(engines);
  }

  /** The plain truth. */
  public static Disguise none() {
    return new Disguise(Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  /** This disguise with a status. */
  public Disguise withStatus(String shown) {
    return new Disguise(Optional.of(shown), members, roles, memberStatuses, nodeTypes, engines);
  }

  /** This disguise with exactly these members. */
  public Disguise withMembers(List<ShownMember> shown) {
    return new Disguise(status, Optional.of(shown), roles, memberStatuses, nodeTypes, engines);
  }

  /** This disguise with a role of the member in a Region. */
  public Disguise withRole(String region, String shown) {
    return new Disguise(
        status, members, with(roles, region, shown), memberStatuses, nodeTypes, engines);
  }

  /** This disguise with a status of the member in a Region. */
  public Disguise withMemberStatus(String region, String shown) {
    return new Disguise(
        status, members, roles, with(memberStatuses, region, shown), nodeTypes, engines);
  }

  /** This disguise with a node type of the replication group in a Region. */
  public Disguise withNodeType(String region, String shown) {
    return new Disguise(
        status, members, roles, memberStatuses, with(nodeTypes, region, shown), engines);
  }

  /** This disguise with an engine of the replication group in a Region. */
  public Disguise withEngine(String region, String shown) {
    return new Disguise(
        status, members, roles, memberStatuses, nodeTypes, with(engines, region, shown));
  }

  Shown on(SimulatedDatastore truth) {
    List<ShownMember> shown =
        members.orElseGet(() -> truth.members().stream().map(ShownMember::of).toList());
    return new Shown(
        truth, status.orElse(truth.status()), shown.stream().map(this::disguised).toList());
  }

  private ShownMember disguised(ShownMember member) {
    return new ShownMember(
        member.replicationGroupId(),
        member.region(),
        roles.getOrDefault(member.region(), member.role()),
        member.automaticFailover(),
        memberStatuses.getOrDefault(member.region(), member.status()));
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> changed = new TreeMap<>(map);
    changed.put(key, value);
    return changed;
  }
}
