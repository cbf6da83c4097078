package dev.baton.simulator;

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

  private final AtomicReference<World> world = new AtomicReference<>(World.empty());
  private final AtomicReference<SimulatorSettings> rules;
  private final InstantSource clock;

  ElastiCache(SimulatorSettings settings, InstantSource clock) {
    this.rules = new AtomicReference<>(settings);
    this.clock = clock;
  }

  void add(SimulatedDatastore datastore) {
    world.updateAndGet(present -> present.with(datastore));
  }

  void change(UnaryOperator<SimulatorSettings> changed) {
    rules.updateAndGet(changed);
  }

  List<DatastoreSnapshot> datastores() {
    Instant now = clock.instant();
    return world.get().datastores().values().stream()
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
        world.updateAndGet(
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
        world.updateAndGet(present ->
            present.disassociate(id, request.region(), region, target, rules.get(), now));
    return changedDatastore(request, changed.at(id, now));
  }

  private String describeDatastores(QueryRequest request) {
    request.allowing(Set.of(DATASTORE_ID, "ShowMemberInfo", "MaxRecords", "Marker"));
    request.refusingTogether(DATASTORE_ID, "Marker");
    boolean members = request.flag("ShowMemberInfo");
    Instant now = clock.instant();
    World seen = world.get();
    Optional<String> id = request.optional(DATASTORE_ID);
    List<SimulatedDatastore> all =
        id.map(wanted -> List.of(seen.seenFrom(request.region(), wanted, now)))
            .orElseGet(() -> seen.seenFrom(request.region(), now));
    Page<SimulatedDatastore> page =
        Page.of(all, SimulatedDatastore::globalReplicationGroupId, request);
    return XmlAnswer.result(
        request.action(),
        request.requestId(),
        xml -> {
          page.marker().ifPresent(marker -> xml.text("Marker", marker));
          xml.list(
              "GlobalReplicationGroups",
              "GlobalReplicationGroup",
              page.items(),
              datastore -> form().write(xml, datastore, members));
        });
  }

  private String describeReplicationGroups(QueryRequest request) {
    request.allowing(Set.of("ReplicationGroupId", "MaxRecords", "Marker"));
    request.refusingTogether("ReplicationGroupId", "Marker");
    List<ReplicationGroup> all = world.get().replicationGroups(request.region(), clock.instant());
    Optional<String> id = request.optional("ReplicationGroupId");
    List<ReplicationGroup> wanted =
        all.stream().filter(group -> id.isEmpty() || group.id().equals(id.get())).toList();
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
              group -> form.write(xml, group));
        });
  }

  private String changedDatastore(QueryRequest request, SimulatedDatastore datastore) {
    return XmlAnswer.result(
        request.action(),
        request.requestId(),
        xml ->
            xml.element("GlobalReplicationGroup", child -> form().write(child, datastore, true)));
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
