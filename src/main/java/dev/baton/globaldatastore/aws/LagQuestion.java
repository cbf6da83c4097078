package dev.baton.globaldatastore.aws;

import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.ReplicationLag;
import dev.baton.globaldatastore.ReplicationLag.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** One GetMetricData for the newest lag of several secondaries, with all its pages. */
final class LagQuestion {
  private static final String NAMESPACE = "AWS/ElastiCache";
  private static final String METRIC = "GlobalDatastoreReplicationLag";
  private static final Duration PERIOD = Duration.ofSeconds(60);
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int MOST_PAGES = 100;

  private final List<ReplicationGroupId> secondaries;
  private final Region region;
  private final LagProperties properties;
  private final SendClock clock;
  private final long end;
  private final Map<String, Measurement> newest = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();

  private record Measurement(Instant at, double seconds) {}

  /**
   * A question that has not been asked.
   *
   * @param end the time of the monotonic clock at which it is given up
   */
  LagQuestion(
      List<ReplicationGroupId> secondaries,
      Region region,
      LagProperties properties,
      SendClock clock,
      long end) {
    this.secondaries = List.copyOf(secondaries);
    this.region = region;
    this.properties = properties;
    this.clock = clock;
    this.end = end;
  }

  Duration patience() {
    return Duration.ofNanos(Math.max(1_000_000, end - clock.nanos().getAsLong()));
  }

  Reading<Map<ReplicationGroupId, ReplicationLag>> ask(CloudWatchClient client) {
    var beganAt = clock.instant();
    try {
      Optional<String> token = Optional.empty();
      for (int page = 0; page < MOST_PAGES; page++) {
        var answer = client.getMetricData(request(beganAt, token));
        answer.metricDataResults().forEach(this::take);
        token = present(answer.nextToken());
        if (token.isEmpty()) {
          return new Reading.Seen<>(lags(beganAt), beganAt);
        }
      }
      return new NotRead<>(
          Reading.Reason.UNREADABLE,
          "EndlessList",
          "CloudWatch gave more than %d pages".formatted(MOST_PAGES));
    } catch (RuntimeException failure) {
      return ErrorClassification.ofRead(failure);
    }
  }

  private GetMetricDataRequest request(Instant now, Optional<String> token) {
    return GetMetricDataRequest.builder()
        .startTime(now.minus(WINDOW))
        .endTime(now)
        .scanBy(ScanBy.TIMESTAMP_DESCENDING)
        .metricDataQueries(IntStream.range(0, secondaries.size()).mapToObj(this::query).toList())
        .nextToken(token.orElse(null))
        .overrideConfiguration(configuration -> configuration.apiCallTimeout(patience()))
        .build();
  }

  private MetricDataQuery query(int number) {
    return MetricDataQuery.builder()
        .id(id(number))
        .metricStat(stat ->
            stat.metric(metric ->
                    metric
                        .namespace(NAMESPACE)
                        .metricName(METRIC)
                        .dimensions(dimension(secondaries.get(number))))
                .period(Math.toIntExact(PERIOD.toSeconds()))
                .stat(properties.statistic()))
        .returnData(true)
        .build();
  }

  private Dimension dimension(ReplicationGroupId secondary) {
    return Dimension.builder().name(properties.dimension()).value(secondary.value()).build();
  }

  private static String id(int number) {
    return "lag" + number;
  }

  /** A metric's data may come on several pages. */
  private void take(MetricDataResult result) {
    var id = present(result.id()).orElse("");
    if (result.statusCode() == StatusCode.FORBIDDEN
        || result.statusCode() == StatusCode.INTERNAL_ERROR) {
      refused.put(id, result.statusCodeAsString());
    }
    var pairs = Math.min(result.timestamps().size(), result.values().size());
    IntStream.range(0, pairs)
        .mapToObj(at -> new Measurement(result.timestamps().get(at), result.values().get(at)))
        .max(Comparator.comparing(Measurement::at))
        .ifPresent(latest ->
            newest.merge(id, latest, (one, other) -> one.at().isBefore(other.at()) ? other : one));
  }

  private Map<ReplicationGroupId, ReplicationLag> lags(Instant readAt) {
    return IntStream.range(0, secondaries.size())
        .boxed()
        .collect(Collectors.toMap(secondaries::get, number -> lag(number, readAt)));
  }

  private ReplicationLag lag(int number, Instant readAt) {
    var id = id(number);
    var why = refused.get(id);
    if (why != null) {
      return new Unknown(
          "CloudWatch answered %s for %s in %s".formatted(why, secondaries.get(number), region));
    }
    return Optional.ofNullable(newest.get(id))
        .map(found -> ReplicationLag.ofSeconds(found.seconds(), found.at(), readAt))
        .orElseGet(() ->
            new Unknown(
                "CloudWatch has no %s of %s (dimension %s) in %s within %s before %s"
                    .formatted(
                        METRIC,
                        secondaries.get(number),
                        properties.dimension(),
                        region,
                        WINDOW,
                        readAt)));
  }

  private static Optional<String> present(@Nullable String text) {
    return Optional.ofNullable(text).filter(given -> !given.isEmpty());
  }
}
