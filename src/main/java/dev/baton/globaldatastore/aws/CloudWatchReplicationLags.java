package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.ReplicationLag;
import dev.baton.globaldatastore.ReplicationLag.Unknown;
import dev.baton.globaldatastore.ReplicationLagReadings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** Reads replication lag from CloudWatch, by GetMetricData. */
final class CloudWatchReplicationLags implements ReplicationLagReadings, AutoCloseable {
  /** So many metrics GetMetricData takes at once. */
  private static final int MOST_QUERIES = 500;

  private final LagProperties properties;
  private final SendClock clock;
  private final Map<Place, Way> ways = new HashMap<>();

  private record Place(AccountId accountId, Region region) {}

  private record Way(Region region, CloudWatchClient client, RegionGuard guard) {}

  CloudWatchReplicationLags(
      AwsEnvironment environment,
      CloudWatchClients clients,
      RegionGuards guards,
      LagProperties properties,
      SendClock clock) {
    this.properties = properties;
    this.clock = clock;
    for (var account : environment.accounts()) {
      for (var region : account.regions()) {
        ways.put(
            new Place(account.id(), region),
            new Way(
                region,
                clients.client(account.id(), region),
                guards.lagGuard(account.id(), region)));
      }
    }
  }

  @Override
  public Reading<Map<ReplicationGroupId, ReplicationLag>> newest(
      AccountId accountId, Region region, Set<ReplicationGroupId> secondaries) {
    var way = ways.get(new Place(accountId, region));
    if (way == null) {
      return new NotRead<>(
          Reason.DENIED,
          "NotServed",
          "Baton does not serve %s of account %s".formatted(region, accountId));
    }
    return newest(way, secondaries.stream().toList());
  }

  private Reading<Map<ReplicationGroupId, ReplicationLag>> newest(
      Way way, List<ReplicationGroupId> secondaries) {
    var end = clock.nanos().getAsLong() + properties.timeout().toNanos();
    var beganAt = clock.instant();
    var lags = new HashMap<ReplicationGroupId, ReplicationLag>();
    for (var part : parts(secondaries)) {
      switch (ask(way, new LagQuestion(part, way.region(), properties, clock, end))) {
        case Reading.Seen<Map<ReplicationGroupId, ReplicationLag>> seen ->
            lags.putAll(seen.value());
        case Reading.NotFound<Map<ReplicationGroupId, ReplicationLag>> notFound -> {
          return notFound;
        }
        case NotRead<Map<ReplicationGroupId, ReplicationLag>> failure -> {
          if (lags.isEmpty()) {
            return failure;
          }
          // What was read before it failed is known all the same.
          var why =
              new Unknown(
                  "CloudWatch can't be read: %s: %s".formatted(failure.code(), failure.message()));
          part.forEach(one -> lags.put(one, why));
        }
      }
    }
    return new Reading.Seen<>(Map.copyOf(lags), beganAt);
  }

  private static Reading<Map<ReplicationGroupId, ReplicationLag>> ask(
      Way way, LagQuestion question) {
    var judgement =
        new RegionGuard.Judgement<Reading<Map<ReplicationGroupId, ReplicationLag>>>(
            Lesson::of,
            _ -> false,
            held ->
                new NotRead<>(
                    Reason.HELD_BACK, "HeldBack", "%s: %s".formatted(way.region(), held.why())));
    return way.guard().call(() -> question.ask(way.client()), judgement, question.patience());
  }

  private static List<List<ReplicationGroupId>> parts(List<ReplicationGroupId> all) {
    return IntStream.range(0, Math.ceilDiv(all.size(), MOST_QUERIES))
        .mapToObj(part ->
            all.subList(part * MOST_QUERIES, Math.min(all.size(), (part + 1) * MOST_QUERIES)))
        .toList();
  }

  @Override
  public void close() {
    ways.values().forEach(way -> way.client().close());
  }
}
