package dev.baton.simulator;

import dev.baton.simulator.SimulatedDatastore.Member;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.DescribeGlobalReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupMember;

/** A simulator with a clock that is moved by hand, and AWS's own client to ask it. */
final class Scene implements AutoCloseable {

  static final String SESSIONS = "ldgnf-sessions";
  static final String VIRGINIA = "us-east-1";
  static final String OREGON = "us-west-2";
  static final String IRELAND = "eu-west-1";
  static final Duration PATIENCE = Duration.ofSeconds(10);

  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
  final Simulator simulator;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<ElastiCacheClient> clients = new ArrayList<>();

  Scene() {
    this(SimulatorSettings.local());
  }

  Scene(SimulatorSettings settings) {
    InstantSource clock = now::get;
    this.simulator = Simulator.start(settings, clock);
    simulator.add(sessions());
  }

  static SimulatedDatastore sessions() {
    return SimulatedDatastore.of(
        SESSIONS,
        Member.primary("sessions-use1", VIRGINIA),
        Member.secondary("sessions-usw2", OREGON),
        Member.secondary("sessions-euw1", IRELAND));
  }

  void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  ElastiCacheClient in(String region) {
    return at(simulator.endpoint(), region);
  }

  ElastiCacheClient at(URI endpoint, String region) {
    ElastiCacheClient client =
        ElastiCacheClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(region))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .overrideConfiguration(
                settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    clients.add(client);
    return client;
  }

  GlobalReplicationGroup failOverTo(String region, String replicationGroupId) {
    return in(region)
        .failoverGlobalReplicationGroup(request ->
            request
                .globalReplicationGroupId(SESSIONS)
                .primaryRegion(region)
                .primaryReplicationGroupId(replicationGroupId))
        .globalReplicationGroup();
  }

  GlobalReplicationGroup failOver(String region) {
    return failOverTo(region, region.equals(IRELAND) ? "sessions-euw1" : "sessions-usw2");
  }

  GlobalReplicationGroup failOverToOregon() {
    return failOverTo(OREGON, "sessions-usw2");
  }

  GlobalReplicationGroup disassociateIreland(String throughRegion) {
    return in(throughRegion)
        .disassociateGlobalReplicationGroup(request ->
            request
                .globalReplicationGroupId(SESSIONS)
                .replicationGroupId("sessions-euw1")
                .replicationGroupRegion(IRELAND))
        .globalReplicationGroup();
  }

  GlobalReplicationGroup seen() {
    return seenFrom(OREGON);
  }

  GlobalReplicationGroup seenFrom(String region) {
    DescribeGlobalReplicationGroupsResponse response =
        in(region)
            .describeGlobalReplicationGroups(
                request -> request.globalReplicationGroupId(SESSIONS).showMemberInfo(true));
    return response.globalReplicationGroups().getFirst();
  }

  /** Status and primary, as in {@code modifying us-east-1}. */
  String statusAndPrimary() {
    return statusAndPrimary(OREGON);
  }

  String statusAndPrimary(String region) {
    GlobalReplicationGroup group = seenFrom(region);
    String primary =
        group.members().stream()
            .filter(member -> member.role().equals("PRIMARY"))
            .map(GlobalReplicationGroupMember::replicationGroupRegion)
            .reduce("", String::concat);
    return group.status() + " " + primary;
  }

  HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> shape)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(simulator.endpoint().resolve(path));
    return http.send(shape.apply(request).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(
        path,
        request ->
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
  }

  @Override
  public void close() {
    clients.forEach(ElastiCacheClient::close);
    http.close();
    simulator.close();
  }
}
