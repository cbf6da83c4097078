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
import dev.baton.globaldatastore.aws.Questions.Page;
import dev.baton.globaldatastore.aws.ServedRegions.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupInfo;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;

/** Reads replication groups through the AWS SDK. */
final class ElastiCacheReplicationGroups implements ReplicationGroups {
  private static final Logger LOG = LoggerFactory.getLogger(ElastiCacheReplicationGroups.class);

  /** Nobody waits for all of them, and what somebody waits for is not to wait for them. */
  private static final Duration REST = Duration.ofMillis(100);

  private final ServedRegions regions;
  private final Questions questions;

  ElastiCacheReplicationGroups(ServedRegions regions, Questions questions) {
    this.regions = regions;
    this.questions = questions;
  }

  @Override
  public Reading<ReplicationGroup> describe(
      AccountId accountId, Region region, ReplicationGroupId id) {
    return through(
        accountId,
        region,
        way ->
            questions.ask(
                way,
                (client, atMost, beganAt) -> shown(described(client, id, atMost), id, beganAt)));
  }

  @Override
  public Reading<List<ReplicationGroup>> describeGroups(AccountId accountId, Region region) {
    return through(
        accountId,
        region,
        way ->
            new Listing<>(
                    marker ->
                        questions.ask(
                            way,
                            (client, atMost, beganAt) -> page(client, marker, atMost, beganAt)),
                    REST)
                .read());
  }

  private <T> Reading<T> through(
      AccountId accountId, Region region, Function<Way, Reading<T>> question) {
    if (!regions.hasCredentialsFor(accountId)) {
      return new NotRead<>(Reason.DENIED, "AccountNotServed", regions.otherAccount(accountId));
    }
    return regions
        .way(accountId, region, CallKind.ENDPOINT)
        .map(question)
        .orElseGet(() ->
            new NotRead<>(Reason.DENIED, "RegionNotServed", regions.notServed(accountId, region)));
  }

  private static Reading<Page<ReplicationGroup>> page(
      ElastiCacheClient client, Optional<String> marker, Duration atMost, Instant beganAt) {
    var answer =
        client.describeReplicationGroups(request ->
            request
                .maxRecords(Questions.LARGEST_PAGE)
                .marker(marker.orElse(null))
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(atMost)));
    // The SDK takes any well-formed 200 for an answer with no replication groups.
    if (!answer.hasReplicationGroups() && RequestId.of(answer).isEmpty()) {
      return new NotRead<>(
          Reason.UNREADABLE,
          "UnreadableAnswer",
          "the answer isn't ElastiCache's: it lists nothing");
    }
    var groups = new ArrayList<ReplicationGroup>();
    for (var group : answer.replicationGroups()) {
      try {
        groups.add(translated(group, new ReplicationGroupId(text(group.replicationGroupId()))));
      } catch (IllegalArgumentException refused) {
        LOG.warn("A replication group is left out: AWS shows an id that {}", refused.getMessage());
      }
    }
    return new Seen<>(Page.of(groups, answer.marker()), beganAt);
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
        text(group.status()),
        text(group.engine()),
        text(group.cacheNodeType()),
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

  private static String text(@Nullable String given) {
    return Objects.requireNonNullElse(given, "");
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
