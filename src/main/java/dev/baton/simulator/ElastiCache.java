package dev.baton.simulator;

import dev.baton.simulator.Disguise.Shown;
import dev.baton.simulator.World.ReplicationGroup;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The actions of ElastiCache that are simulated, on a world that holds still between calls. */
final class ElastiCache {

  private static final String DATASTORE_ID = "GlobalReplicationGroupId";

  private final Worlds worlds = new Worlds();
  private final Disguises disguises = new Disguises();
  private final AwsRules firstRules;
  private final AtomicReference<AwsRules> rules;
  private final Regions regions;
  private final InstantSource clock;

  ElastiCache(AwsRules rules, Regions regions, InstantSource clock) {
    this.firstRules = rules;
    this.rules = new AtomicReference<>(rules);
    this.regions = regions;
    this.clock = clock;
  }

  void add(SimulatedDatastore datastore) {
    worlds.add(datastore);
  }

  void replace(SimulatedDatastore datastore) {
    worlds.replace(datastore);
  }

  void change(UnaryOperator<AwsRules> changed) {
    rules.updateAndGet(changed);
  }

  AwsRules rules() {
    return rules.get();
  }

  Disguises disguises() {
    return disguises;
  }

  /** Puts datastores and rules back to what they were in the beginning. */
  void reset() {
    worlds.reset();
    rules.set(firstRules);
  }

  List<DatastoreSnapshot> datastores() {
    Instant now = clock.instant();
    return worlds.present().datastores().values().stream()
        .map(state -> new DatastoreSnapshot(state.at(now), state.effectivePromotions()))
        .toList();
  }

  String answer(QueryRequest request) {
    if (!request.required("Version").equals(QueryRequest.VERSION)) {
      throw noSuchAction(request);
    }
    return switch (request.required("Action")) {
      case "FailoverGlobalReplicationGroup" -> failover(request);
      case "DisassociateGlobalReplicationGroup" -> disassociate(request);
      case "DescribeGlobalReplicationGroups" -> describeDatastores(request);
      case "DescribeReplicationGroups" -> describeReplicationGroups(request);
      default -> throw noSuchAction(request);
    };
  }

  private String failover(QueryRequest request) {
    request.allowing(Set.of(DATASTORE_ID, "PrimaryRegion", "PrimaryReplicationGroupId"));
    String id = request.required(DATASTORE_ID);
    String region = request.required("PrimaryRegion");
    String target = request.required("PrimaryReplicationGroupId");
    Instant now = clock.instant();
    World changed =
        worlds.change(
            now,
            present -> present.promote(id, request.region(), region, target, rules.get(), now));
    return changedDatastore(request, changed.at(id, now));
  }

  private String disassociate(QueryRequest request) {
    request.allowing(Set.of(DATASTORE_ID, "ReplicationGroupId", "ReplicationGroupRegion"));
    String id = request.required(DATASTORE_ID);
    String target = request.required("ReplicationGroupId");
    String region = request.required("ReplicationGroupRegion");
    Instant now = clock.instant();
    World changed =
        worlds.change(
            now,
            present ->
                present.disassociate(id, request.region(), region, target, rules.get(), now));
    return changedDatastore(request, changed.at(id, now));
  }

  private String describeDatastores(QueryRequest request) {
    request.allowing(Set.of(DATASTORE_ID, "ShowMemberInfo", "MaxRecords", "Marker"));
    request.refusingTogether(DATASTORE_ID, "Marker");
    boolean members = request.flag("ShowMemberInfo");
    Instant now = seenAt(request);
    World seen = worlds.at(now);
    Optional<String> id = request.optional(DATASTORE_ID);
    List<DatastoreState> all =
        id.map(wanted -> List.of(seen.seenFrom(request.region(), wanted, now)))
            .orElseGet(() -> seen.seenFrom(request.region(), now));
    Page<DatastoreState> page = Page.of(all, DatastoreState::id, request);
    return XmlAnswer.result(
        request.action(),
        request.requestId(),
        xml -> {
          page.marker().ifPresent(marker -> xml.text("Marker", marker));
          xml.list(
              "GlobalReplicationGroups",
              "GlobalReplicationGroup",
              page.items(),
              state -> form().write(xml, shown(request, state.at(now)), members));
        });
  }

  private String describeReplicationGroups(QueryRequest request) {
    request.allowing(Set.of("ReplicationGroupId", "MaxRecords", "Marker"));
    request.refusingTogether("ReplicationGroupId", "Marker");
    Instant now = seenAt(request);
    Optional<String> id = request.optional("ReplicationGroupId");
    World seen = worlds.at(now);
    List<ReplicationGroup> wanted =
        id.map(one -> seen.replicationGroups(request.region(), one, now))
            .orElseGet(() -> seen.replicationGroups(request.region(), now));
    if (id.isPresent() && wanted.isEmpty()) {
      throw QueryError.replicationGroupNotFound(id.get(), request.region());
    }
    Page<ReplicationGroup> page = Page.of(wanted, ReplicationGroup::id, request);
    ReplicationGroupXml form = new ReplicationGroupXml(rules.get().accountId(), request.region());
    return XmlAnswer.result(
        request.action(),
        request.requestId(),
        xml -> {
          page.marker().ifPresent(marker -> xml.text("Marker", marker));
          xml.list(
              "ReplicationGroups",
              "ReplicationGroup",
              page.items(),
              group -> form.write(xml, group, disguises.in(request.region(), group.origin())));
        });
  }

  private String changedDatastore(QueryRequest request, SimulatedDatastore datastore) {
    return XmlAnswer.result(
        request.action(),
        request.requestId(),
        xml ->
            xml.element(
                "GlobalReplicationGroup",
                child -> form().write(child, shown(request, datastore), true)));
  }

  private Instant seenAt(QueryRequest request) {
    return regions.of(request.region()).seenAt(clock.instant());
  }

  private Shown shown(QueryRequest request, SimulatedDatastore datastore) {
    return disguises.seenFrom(request.region(), datastore);
  }

  private DatastoreXml form() {
    return new DatastoreXml(rules.get().accountId());
  }

  private static QueryError noSuchAction(QueryRequest request) {
    return new QueryError(
        400,
        "InvalidAction",
        "Could not find operation %s for version %s."
            .formatted(request.action(), request.parameters().getOrDefault("Version", "(none)")));
  }
}
