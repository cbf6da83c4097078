package dev.baton.globaldatastore;

import static dev.baton.globaldatastore.ReadinessReason.attention;
import static dev.baton.globaldatastore.ReadinessReason.blocked;

import dev.baton.core.Region;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether AWS would take the call: status, roles and members. */
record TopologyRule(Duration silence) implements ReadinessRule {

  @Override
  public Stream<ReadinessReason> reasons(ReadinessFacts facts) {
    var seen = facts.seen(silence);
    return Stream.of(
            status(seen).stream(),
            primary(seen).stream(),
            seen.memberIn(facts.target())
                .map(TopologyRule::target)
                .orElseGet(() -> Stream.of(noMember(seen, facts.target()))),
            others(seen, facts.target()))
        .flatMap(reasons -> reasons);
  }

  private static Optional<ReadinessReason> status(GlobalDatastore seen) {
    return seen.isAvailable()
        ? Optional.empty()
        : Optional.of(
            blocked(
                ReadinessCode.STATUS,
                "Its status is '%s': AWS promotes nothing before it is 'available', so wait."
                    .formatted(seen.status())));
  }

  private static Optional<ReadinessReason> primary(GlobalDatastore seen) {
    if (seen.primary().isPresent()) {
      return Optional.empty();
    }
    var primaries = seen.members().stream().filter(Member::isPrimary).map(Member::region).toList();
    return Optional.of(
        blocked(
            ReadinessCode.ROLES,
            primaries.isEmpty()
                ? "AWS shows no primary: wait until it shows one, or look at AWS's console."
                : "AWS shows a primary in each of %s: wait until it shows one only."
                    .formatted(
                        primaries.stream().map(Region::name).collect(Collectors.joining(", ")))));
  }

  private static ReadinessReason noMember(GlobalDatastore seen, Region target) {
    return blocked(
        ReadinessCode.MEMBER,
        "It has no member in %s, only in %s."
            .formatted(
                target,
                seen.members().stream()
                    .map(Member::region)
                    .map(Region::name)
                    .collect(Collectors.joining(", "))));
  }

  private static Stream<ReadinessReason> target(Member member) {
    var role =
        blocked(
            ReadinessCode.ROLES,
            "%s in %s has the role '%s': only a SECONDARY can be promoted."
                .formatted(member.replicationGroupId(), member.region(), member.role()));
    var status =
        blocked(
            ReadinessCode.MEMBER,
            "%s in %s is '%s', not 'associated': AWS doesn't promote it before it is."
                .formatted(member.replicationGroupId(), member.region(), member.status()));
    return Stream.concat(
        member.isSecondary() ? Stream.empty() : Stream.of(role),
        member.isAssociated() ? Stream.empty() : Stream.of(status));
  }

  private static Stream<ReadinessReason> others(GlobalDatastore seen, Region target) {
    return seen.members().stream()
        .filter(member -> !member.region().equals(target))
        .filter(member -> !member.isAssociated())
        .map(member ->
            attention(
                ReadinessCode.OTHER_MEMBER,
                "%s in %s is '%s', not 'associated': a SWITCHOVER waits until it is."
                    .formatted(member.replicationGroupId(), member.region(), member.status())));
  }
}
