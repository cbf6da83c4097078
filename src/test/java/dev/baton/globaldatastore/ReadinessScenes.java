package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What readiness is judged by, at noon: a healthy Global datastore with its primary in Virginia, of
 * which Oregon is the target. A test changes what it is about.
 */
record ReadinessScenes(
    List<Observation> views,
    ReplicationLag lag,
    Map<Region, ReplicationGroup> groups,
    Optional<LastFailover> lastFailover) {
  static final Region VIRGINIA = new Region("us-east-1");
  static final Region OREGON = new Region("us-west-2");
  static final Region IRELAND = new Region("eu-west-1");
  static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  static final Duration MOST_LAG = Duration.ofSeconds(5);
  static final Duration SILENCE = Duration.ofSeconds(70);

  private static final AccountId ACCOUNT = new AccountId("111122223333");
  private static final GlobalDatastoreId CARTS = new GlobalDatastoreId("ldgnf-carts");
  private static final GlobalDatastore CALM =
      new GlobalDatastore(
          CARTS,
          "",
          "available",
          "cache.r7g.large",
          "valkey",
          "8.0",
          List.of(
              new Member(group(VIRGINIA), VIRGINIA, "PRIMARY", "enabled", "associated"),
              new Member(group(OREGON), OREGON, "SECONDARY", "enabled", "associated"),
              new Member(group(IRELAND), IRELAND, "SECONDARY", "enabled", "associated")),
          false,
          List.of(),
          false,
          false,
          false,
          "");

  static ReadinessScenes healthy() {
    return new ReadinessScenes(
        List.of(view(OREGON, CALM, 0), view(VIRGINIA, CALM, 0), view(IRELAND, CALM, 0)),
        new ReplicationLag.Known(Duration.ofMillis(400), NOON, NOON),
        Map.of(
            OREGON, standing(OREGON, "valkey", "cache.r7g.large"),
            VIRGINIA, standing(VIRGINIA, "valkey", "cache.r7g.large")),
        Optional.empty());
  }

  Readiness judged() {
    return new ReadinessRules(MOST_LAG, SILENCE)
        .judge(new ReadinessFacts(OREGON, views, lag, groups, lastFailover, NOON));
  }

  /** What stands against the target, by level and code. */
  List<String> reasons() {
    return judged().reasons().stream().map(it -> it.level() + " " + it.code()).toList();
  }

  String explanation(ReadinessCode code) {
    return judged().reasons().stream()
        .filter(reason -> reason.code() == code)
        .map(ReadinessReason::explanation)
        .findFirst()
        .orElseThrow();
  }

  /** The Region answered last so long ago. */
  ReadinessScenes answered(Region region, Duration ago) {
    return changed(region, view -> view(region, view.datastore(), ago.toMillis()));
  }

  /** The Regions have shown the same for so long. */
  ReadinessScenes since(Duration ago) {
    return with(
        views.stream()
            .map(view ->
                new Observation(
                    ACCOUNT, view.region(), view.datastore(), view.beganAt(), NOON.minus(ago)))
            .toList());
  }

  ReadinessScenes neverAnswered(Region region) {
    return with(views.stream().filter(view -> !view.region().equals(region)).toList());
  }

  /** Every Region shows it changed like that. */
  ReadinessScenes shown(UnaryOperator<GlobalDatastore> change) {
    var all = this;
    for (var view : views) {
      all = all.shownFrom(view.region(), change);
    }
    return all;
  }

  ReadinessScenes shownFrom(Region region, UnaryOperator<GlobalDatastore> change) {
    return changed(
        region,
        view ->
            new Observation(
                ACCOUNT, region, change.apply(view.datastore()), view.beganAt(), view.since()));
  }

  private ReadinessScenes changed(Region region, UnaryOperator<Observation> change) {
    return with(
        views.stream()
            .map(view -> view.region().equals(region) ? change.apply(view) : view)
            .toList());
  }

  private ReadinessScenes with(List<Observation> changed) {
    return new ReadinessScenes(changed, lag, groups, lastFailover);
  }

  ReadinessScenes lagging(ReplicationLag changed) {
    return new ReadinessScenes(views, changed, groups, lastFailover);
  }

  ReadinessScenes lagging(Duration behind) {
    return lagging(new ReplicationLag.Known(behind, NOON, NOON));
  }

  ReadinessScenes standing(Region region, Optional<ReplicationGroup> group) {
    var changed = new HashMap<>(groups);
    changed.remove(region);
    group.ifPresent(it -> changed.put(region, it));
    return new ReadinessScenes(views, lag, changed, lastFailover);
  }

  ReadinessScenes after(LastFailover last) {
    return new ReadinessScenes(views, lag, groups, Optional.of(last));
  }

  static UnaryOperator<GlobalDatastore> status(String status) {
    return it -> with(it, status, it.engineVersion(), it.members());
  }

  static UnaryOperator<GlobalDatastore> version(String version) {
    return it -> with(it, it.status(), version, it.members());
  }

  /** With the member in that Region changed. */
  static UnaryOperator<GlobalDatastore> member(Region region, UnaryOperator<Member> change) {
    return it ->
        with(
            it,
            it.status(),
            it.engineVersion(),
            it.members().stream()
                .map(member -> member.region().equals(region) ? change.apply(member) : member)
                .toList());
  }

  static UnaryOperator<GlobalDatastore> without(Region region) {
    return it ->
        with(
            it,
            it.status(),
            it.engineVersion(),
            it.members().stream().filter(member -> !member.region().equals(region)).toList());
  }

  static UnaryOperator<Member> role(String role) {
    return it ->
        new Member(it.replicationGroupId(), it.region(), role, it.automaticFailover(), it.status());
  }

  static UnaryOperator<Member> memberStatus(String status) {
    return it ->
        new Member(it.replicationGroupId(), it.region(), it.role(), it.automaticFailover(), status);
  }

  static UnaryOperator<Member> automaticFailover(String state) {
    return it -> new Member(it.replicationGroupId(), it.region(), it.role(), state, it.status());
  }

  static ReplicationGroup standing(Region region, String engine, String nodeType) {
    return new ReplicationGroup(
        group(region), "available", engine, nodeType, Optional.of(CARTS.value()), Optional.empty());
  }

  private static GlobalDatastore with(
      GlobalDatastore it, String status, String version, List<Member> members) {
    return new GlobalDatastore(
        it.id(),
        it.description(),
        status,
        it.cacheNodeType(),
        it.engine(),
        version,
        members,
        it.clusterEnabled(),
        it.globalNodeGroups(),
        it.authTokenEnabled(),
        it.transitEncryptionEnabled(),
        it.atRestEncryptionEnabled(),
        it.arn());
  }

  private static Observation view(Region region, GlobalDatastore datastore, long millisAgo) {
    var at = NOON.minusMillis(millisAgo);
    return new Observation(ACCOUNT, region, datastore, at, at);
  }

  private static ReplicationGroupId group(Region region) {
    return new ReplicationGroupId("carts-" + region.name());
  }
}
