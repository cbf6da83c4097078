package dev.baton.globaldatastore;

import static dev.baton.globaldatastore.ReadinessReason.attention;

import dev.baton.core.Region;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether the target, once primary, would bear what the primary bears now. What AWS leaves out is
 * compared with nothing. Of a replication group it shows no version of the engine, so versions are
 * compared as the two Regions show them of the Global datastore.
 */
record GroupRule(Duration silence) implements ReadinessRule {

  @Override
  public Stream<ReadinessReason> reasons(ReadinessFacts facts) {
    var seen = facts.seen(silence);
    return seen.memberIn(facts.target()).stream().flatMap(target -> reasons(facts, seen, target));
  }

  private Stream<ReadinessReason> reasons(
      ReadinessFacts facts, GlobalDatastore seen, Member target) {
    var group = Optional.ofNullable(facts.groups().get(target.region()));
    return Stream.of(
            automaticFailover(target),
            group.isEmpty() ? Optional.of(unknown(target)) : Optional.<ReadinessReason>empty(),
            group.flatMap(own -> engine(facts, seen, own)),
            version(facts, seen),
            group.flatMap(own -> nodeType(facts, seen, own)))
        .flatMap(Optional::stream);
  }

  private static Optional<ReadinessReason> automaticFailover(Member target) {
    return target.automaticFailover().equalsIgnoreCase("enabled")
        ? Optional.empty()
        : Optional.of(
            attention(
                ReadinessCode.AUTOMATIC_FAILOVER,
                ("Automatic failover of %s in %s is '%s', not 'enabled': once it is primary, a lost"
                        + " node would stop writes; enable it first.")
                    .formatted(
                        target.replicationGroupId(), target.region(), target.automaticFailover())));
  }

  private static ReadinessReason unknown(Member target) {
    return attention(
        ReadinessCode.GROUP_UNKNOWN,
        ("Engine and node type of %s are not known yet: check that Baton may call"
                + " elasticache:DescribeReplicationGroups in %s.")
            .formatted(target.replicationGroupId(), target.region()));
  }

  private static Optional<ReadinessReason> engine(
      ReadinessFacts facts, GlobalDatastore seen, ReplicationGroup own) {
    return differing(own.engine(), seen.engine(), facts, seen, ReplicationGroup::engine)
        .map(other ->
            attention(
                ReadinessCode.ENGINE,
                "%s in %s runs the engine %s, not %s: applications may meet other behaviour."
                    .formatted(own.id(), facts.target(), own.engine(), other)));
  }

  private static Optional<ReadinessReason> nodeType(
      ReadinessFacts facts, GlobalDatastore seen, ReplicationGroup own) {
    return differing(
            own.cacheNodeType(), seen.cacheNodeType(), facts, seen, ReplicationGroup::cacheNodeType)
        .map(other ->
            attention(
                ReadinessCode.NODE_TYPE,
                "The nodes of %s in %s are %s, not %s: it may not bear the primary's load."
                    .formatted(own.id(), facts.target(), own.cacheNodeType(), other)));
  }

  /** What the Global datastore has, or else the primary, if the target has something else. */
  private static Optional<String> differing(
      String own,
      String ofAll,
      ReadinessFacts facts,
      GlobalDatastore seen,
      Function<ReplicationGroup, String> field) {
    var ofPrimary =
        seen.primary()
            .map(Member::region)
            .flatMap(region -> Optional.ofNullable(facts.groups().get(region)))
            .map(field);
    return Stream.concat(Stream.of(ofAll), ofPrimary.stream())
        .filter(other -> !own.isEmpty() && !other.isEmpty() && !own.equalsIgnoreCase(other))
        .findFirst();
  }

  private Optional<ReadinessReason> version(ReadinessFacts facts, GlobalDatastore seen) {
    var own = facts.answerOf(facts.target(), silence).map(Observation::datastore);
    return seen.primary()
        .map(Member::region)
        .flatMap(region -> facts.answerOf(region, silence))
        .flatMap(other ->
            own.map(GlobalDatastore::engineVersion)
                .filter(version -> !version.equals(other.datastore().engineVersion()))
                .map(version -> versions(facts.target(), version, other)));
  }

  private static ReadinessReason versions(Region target, String version, Observation other) {
    return attention(
        ReadinessCode.ENGINE,
        "%s shows the engine's version %s, but %s shows %s: let an upgrade end first."
            .formatted(target, version, other.region(), other.datastore().engineVersion()));
  }
}
