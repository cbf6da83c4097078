package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.Endpoint;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.Reading.Seen;
import dev.baton.globaldatastore.ReplicationGroup;
import dev.baton.globaldatastore.ReplicationGroups;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupInfo;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;

/** Reads replication groups through the AWS SDK. */
final class ElastiCacheReplicationGroups implements ReplicationGroups {
  private static final Logger LOG = LoggerFactory.getLogger(ElastiCacheReplicationGroups.class);

  private final ServedRegions regions;
  private final Questions questions;

  ElastiCacheReplicationGroups(ServedRegions regions, Questions questions) {
    this.regions = regions;
    this.questions = questions;
  }

  @Override
  public Reading<ReplicationGroup> describe(
      AccountId accountId, Region region, ReplicationGroupId id) {
    if (!regions.hasCredentialsFor(accountId)) {
      return new NotRead<>(Reason.DENIED, "AccountNotServed", regions.otherAccount(accountId));
    }
    return regions
        .way(accountId, region, CallKind.ENDPOINT)
        .map(way ->
            questions.ask(
                way,
                (client, atMost, beganAt) -> shown(described(client, id, atMost), id, beganAt)))
        .orElseGet(() ->
            new NotRead<>(Reason.DENIED, "RegionNotServed", regions.notServed(accountId, region)));
  }

  private static Optional<software.amazon.awssdk.services.elasticache.model.ReplicationGroup>
      described(ElastiCacheClient client, ReplicationGroupId id, Duration atMost) {
    return client
        .describeReplicationGroups(request ->
            request
                .replicationGroupId(id.value())
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(atMost)))
        .replicationGroups()
        .stream()
        .filter(group -> id.value().equalsIgnoreCase(group.replicationGroupId()))
        .findFirst();
  }

  private static Reading<ReplicationGroup> shown(
      Optional<software.amazon.awssdk.services.elasticache.model.ReplicationGroup> group,
      ReplicationGroupId id,
      Instant beganAt) {
    return group
        .<Reading<ReplicationGroup>>map(shown -> new Seen<>(translated(shown, id), beganAt))
        .orElseGet(() ->
            new NotRead<>(
                Reason.UNREADABLE, "UnreadableAnswer", "AWS's answer does not show " + id));
  }

  private static ReplicationGroup translated(
      software.amazon.awssdk.services.elasticache.model.ReplicationGroup group,
      ReplicationGroupId id) {
    return new ReplicationGroup(
        id,
        Objects.requireNonNullElse(group.status(), ""),
        Optional.ofNullable(group.globalReplicationGroupInfo())
            .map(GlobalReplicationGroupInfo::globalReplicationGroupId)
            .filter(datastore -> !datastore.isEmpty()),
        translated(group.configurationEndpoint())
            .or(() ->
                group.nodeGroups().stream()
                    .findFirst()
                    .map(NodeGroup::primaryEndpoint)
                    .flatMap(ElastiCacheReplicationGroups::translated)));
  }

  /** One that AWS shows by half is none. */
  private static Optional<Endpoint> translated(
      software.amazon.awssdk.services.elasticache.model.@Nullable Endpoint given) {
    if (given == null || given.address() == null || given.port() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Endpoint(given.address(), given.port()));
    } catch (IllegalArgumentException unusable) {
      LOG.warn("An endpoint is left out: it {}", unusable.getMessage());
      return Optional.empty();
    }
  }
}
