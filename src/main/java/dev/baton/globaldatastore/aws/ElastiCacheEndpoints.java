package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.Endpoint;
import dev.baton.globaldatastore.EndpointReadings;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotFound;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.Reading.Seen;
import dev.baton.globaldatastore.aws.ServedRegions.Way;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroupNotFoundException;

/** Reads endpoints through the AWS SDK, by DescribeReplicationGroups. */
final class ElastiCacheEndpoints implements EndpointReadings {
  /** Nobody waits for an endpoint longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServedRegions regions;
  private final AwsProperties properties;
  private final SendClock clock;

  ElastiCacheEndpoints(ServedRegions regions, AwsProperties properties, SendClock clock) {
    this.regions = regions;
    this.properties = properties;
    this.clock = clock;
  }

  private record Asked(Reading<Endpoint> reading, boolean passing) {}

  @Override
  public Reading<Endpoint> endpoint(AccountId accountId, Region region, ReplicationGroupId group) {
    if (!regions.hasCredentialsFor(accountId)) {
      return new NotRead<>(Reason.DENIED, "AccountNotServed", regions.otherAccount(accountId));
    }
    return regions
        .way(region, CallKind.ENDPOINT)
        .map(way -> ask(way, group))
        .orElseGet(
            () -> new NotRead<>(Reason.DENIED, "RegionNotServed", regions.notServed(region)));
  }

  private Reading<Endpoint> ask(Way way, ReplicationGroupId group) {
    var judgement =
        new RegionGuard.Judgement<Asked>(
            asked -> Lesson.of(asked.reading()),
            Asked::passing,
            held ->
                new Asked(
                    new NotRead<>(
                        Reason.HELD_BACK, "HeldBack", "%s: %s".formatted(way.region(), held.why())),
                    false));
    var end = clock.nanos().getAsLong() + PATIENCE.toNanos();
    return way.guard().call(() -> askOnce(way, group, end), judgement, PATIENCE).reading();
  }

  private Asked askOnce(Way way, ReplicationGroupId group, long end) {
    var beganAt = clock.instant();
    try {
      var answer = way.client().describeReplicationGroups(request(group, end));
      return new Asked(
          endpoint(answer.replicationGroups().stream(), group)
              .<Reading<Endpoint>>map(endpoint -> new Seen<>(endpoint, beganAt))
              .orElseGet(() ->
                  new NotRead<>(
                      Reason.UNREADABLE, "UnreadableAnswer", "AWS shows no endpoint of " + group)),
          false);
    } catch (ReplicationGroupNotFoundException absent) {
      return new Asked(new NotFound<>(beganAt), false);
    } catch (RuntimeException failure) {
      return new Asked(
          ErrorClassification.ofRead(failure), ErrorClassification.isWorthAskingAgain(failure));
    }
  }

  private DescribeReplicationGroupsRequest request(ReplicationGroupId group, long end) {
    var left = Duration.ofNanos(Math.max(1_000_000, end - clock.nanos().getAsLong()));
    var timeout = left.compareTo(properties.readTimeout()) < 0 ? left : properties.readTimeout();
    return DescribeReplicationGroupsRequest.builder()
        .replicationGroupId(group.value())
        .overrideConfiguration(configuration -> configuration.apiCallTimeout(timeout))
        .build();
  }

  /** With cluster mode on the configuration endpoint, otherwise the one shard's primary. */
  private static Optional<Endpoint> endpoint(
      Stream<ReplicationGroup> shown, ReplicationGroupId wanted) {
    return shown
        .filter(group -> wanted.value().equalsIgnoreCase(group.replicationGroupId()))
        .findFirst()
        .flatMap(group ->
            translated(group.configurationEndpoint())
                .or(() ->
                    group.nodeGroups().stream()
                        .findFirst()
                        .map(NodeGroup::primaryEndpoint)
                        .flatMap(ElastiCacheEndpoints::translated)));
  }

  private static Optional<Endpoint> translated(
      software.amazon.awssdk.services.elasticache.model.@Nullable Endpoint given) {
    return given == null || given.address() == null || given.port() == null
        ? Optional.empty()
        : Optional.of(new Endpoint(given.address(), given.port()));
  }
}
