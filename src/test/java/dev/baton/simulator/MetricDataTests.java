package dev.baton.simulator;

import static dev.baton.simulator.Scene.OREGON;
import static dev.baton.simulator.Scene.SESSIONS;
import static dev.baton.simulator.Scene.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

class MetricDataTests {
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  private final Scene scene = new Scene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void hasALagAMinuteForASecondaryInItsRegion() {
    var result = lagOf("sessions-usw2", OREGON);

    assertThat(result.id()).isEqualTo("lag0");
    assertThat(result.label()).isEqualTo("GlobalDatastoreReplicationLag");
    assertThat(result.statusCode()).isEqualTo(StatusCode.COMPLETE);
    assertThat(result.values()).containsExactly(0.4, 0.4);
    assertThat(result.timestamps())
        .containsExactly(TEN.minus(Duration.ofMinutes(1)), TEN.minus(Duration.ofMinutes(2)));
  }

  @Test
  void sortsByTimeAsItIsAsked() {
    var results =
        ask(OREGON, request -> request.scanBy(ScanBy.TIMESTAMP_ASCENDING), "sessions-usw2")
            .metricDataResults();

    assertThat(results.getFirst().timestamps())
        .containsExactly(TEN.minus(Duration.ofMinutes(2)), TEN.minus(Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource({"sessions-use1, us-east-1", "sessions-usw2, us-east-1", "strange-usw2, us-west-2"})
  void hasNoDataOfAnythingElse(String replicationGroup, String region) {
    assertThat(lagOf(replicationGroup, region).values()).isEmpty();
  }

  @Test
  void followsTheRoles() {
    scene.failOverToOregon();
    scene.pass(Duration.ofMinutes(1));

    assertThat(lagOf("sessions-usw2", OREGON).values()).isEmpty();
    assertThat(lagOf("sessions-use1", VIRGINIA).values()).isNotEmpty();
  }

  @Test
  void lagsAsItIsTold() throws Exception {
    scene.post("/simulator/replication-lag", lag("\"%s\", \"seconds\": 7.5"));
    assertThat(lagOf("sessions-usw2", OREGON).values()).containsOnly(7.5);

    scene.post("/simulator/replication-lag", lag("\"%s\""));
    assertThat(lagOf("sessions-usw2", OREGON).values()).isEmpty();
    assertThat(lagOf("sessions-usw2", OREGON).timestamps()).isEmpty();
  }

  @Test
  void isDistortedLikeOtherAnswers() {
    scene.simulator.inject(Injection.of(Fault.huge(200_000)));
    assertThat(lagOf("sessions-usw2", OREGON).values()).containsOnly(0.4);

    scene.simulator.inject(Injection.of(Fault.distort(Fault.Shape.ENDLESS_MARKER)));
    assertThat(ask(OREGON, _ -> {}, "sessions-usw2").nextToken()).isEqualTo("0");

    scene.simulator.inject(Injection.of(Fault.distort(Fault.Shape.GARBAGE)));
    assertThatThrownBy(() -> lagOf("sessions-usw2", OREGON)).isInstanceOf(Exception.class);
  }

  @Test
  void isNotBoundByElastiCachesLimits() {
    scene.simulator.conditions(OREGON, RegionConditions.usual().withReadLimit(RateLimit.of(0, 0)));

    assertThat(lagOf("sessions-usw2", OREGON).values()).isNotEmpty();
  }

  @Test
  void knowsOnlyItsOwnDatastores() throws Exception {
    var answer =
        scene.post("/simulator/replication-lag", "{\"globalReplicationGroupId\": \"ldgnf-x\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("ldgnf-x is not in the simulated world");
  }

  @Test
  void givesALongAnswerInPages() {
    var ids =
        IntStream.rangeClosed(0, CloudWatch.PAGE)
            .mapToObj("some%d"::formatted)
            .toArray(String[]::new);

    var first = ask(OREGON, _ -> {}, ids);
    var second = ask(OREGON, request -> request.nextToken(first.nextToken()), ids);

    assertThat(first.metricDataResults()).hasSize(CloudWatch.PAGE);
    assertThat(second.metricDataResults())
        .extracting(MetricDataResult::id)
        .containsExactly("lag" + CloudWatch.PAGE);
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void refusesMoreThan500Queries() {
    var ids = IntStream.rangeClosed(0, 500).mapToObj("some%d"::formatted).toArray(String[]::new);

    assertThatThrownBy(() -> ask(OREGON, _ -> {}, ids))
        .isInstanceOfSatisfying(
            CloudWatchException.class,
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(400);
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue");
              assertThat(refused.awsErrorDetails().errorMessage()).contains("has 501 members");
              assertThat(refused.requestId()).isNotEmpty();
            });
  }

  @Test
  void refusesAMadeUpToken() {
    assertThatThrownBy(() -> ask(OREGON, request -> request.nextToken("one"), "sessions-usw2"))
        .hasMessageContaining("NextToken is not one this service gave");
  }

  @Test
  void refusesWhatIsNotInItsProtocol() throws Exception {
    assertThat(scene.post(MetricEndpoint.PATH + "GetMetricData", "{}").statusCode()).isEqualTo(400);
    assertThat(scene.post(MetricEndpoint.PATH + "ListMetrics", "{}").statusCode()).isEqualTo(404);
  }

  private static String lag(String rest) {
    return "{\"globalReplicationGroupId\": " + rest.formatted(SESSIONS) + "}";
  }

  private MetricDataResult lagOf(String replicationGroup, String region) {
    var results = ask(region, _ -> {}, replicationGroup).metricDataResults();
    assertThat(results).hasSize(1);
    return results.getFirst();
  }

  private GetMetricDataResponse ask(
      String region, Consumer<GetMetricDataRequest.Builder> more, String... replicationGroups) {
    var request =
        GetMetricDataRequest.builder()
            .startTime(scene.now.get().minus(Duration.ofSeconds(150)))
            .endTime(scene.now.get())
            .metricDataQueries(queries(List.of(replicationGroups)));
    more.accept(request);
    try (var client = client(region)) {
      return client.getMetricData(request.build());
    }
  }

  private static List<MetricDataQuery> queries(List<String> replicationGroups) {
    return IntStream.range(0, replicationGroups.size())
        .mapToObj(number ->
            MetricDataQuery.builder()
                .id("lag" + number)
                .metricStat(stat ->
                    stat.period(60)
                        .stat("Maximum")
                        .metric(metric ->
                            metric
                                .namespace("AWS/ElastiCache")
                                .metricName("GlobalDatastoreReplicationLag")
                                .dimensions(
                                    Dimension.builder()
                                        .name("ReplicationGroupId")
                                        .value(replicationGroups.get(number))
                                        .build())))
                .build())
        .toList();
  }

  private CloudWatchClient client(String region) {
    return CloudWatchClient.builder()
        .endpointOverride(scene.simulator.endpoint())
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
        .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }
}
