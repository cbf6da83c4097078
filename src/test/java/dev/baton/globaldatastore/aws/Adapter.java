package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.CallPace;
import dev.baton.globaldatastore.FailoverCall;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Reading;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The adapter as production puts it together, with short times. */
final class Adapter implements AutoCloseable {
  static final AccountId ACCOUNT = new AccountId("123456789012");
  static final Region VIRGINIA = new Region("us-east-1");
  static final Region OREGON = new Region("us-west-2");
  static final GlobalDatastoreId SESSIONS = new GlobalDatastoreId("ldgnf-sessions");
  static final Duration SHORT = Duration.ofMillis(300);

  final RegionGuards guards;
  final ElastiCacheGlobalDatastores reads;
  final ElastiCacheGlobalDatastoreChanges changes;
  final ElastiCacheReplicationGroups groups;
  private final ServedRegions regions;

  private Adapter(
      URI endpoint, AwsProperties properties, AwsCredentialsProvider credentials, SendClock clock) {
    var environment = new AwsEnvironment(ACCOUNT, properties.regions(), Optional.of(endpoint));
    guards = new RegionGuards(properties, (_, _, _, _) -> CallPace.unlimited(), clock.nanos());
    regions =
        new ServedRegions(
            environment,
            new ElastiCacheClients(
                environment,
                properties,
                (_, _) -> new TimelyCredentials(credentials, properties.credentialsTimeout())),
            guards);
    reads = new ElastiCacheGlobalDatastores(regions, new Questions(properties, clock));
    changes = new ElastiCacheGlobalDatastoreChanges(regions, clock, properties.callTimeout());
    groups = new ElastiCacheReplicationGroups(regions, Questions.aboutGroups(properties, clock));
  }

  static Adapter to(URI endpoint) {
    return to(endpoint, properties());
  }

  static Adapter to(URI endpoint, AwsProperties properties) {
    return to(endpoint, properties, anyCredentials(), SendClock.of(InstantSource.system()));
  }

  static Adapter to(
      URI endpoint, AwsProperties properties, AwsCredentialsProvider credentials, SendClock clock) {
    return new Adapter(endpoint, properties, credentials, clock);
  }

  static AwsProperties properties() {
    return properties(Duration.ofSeconds(5), 16, 10);
  }

  static AwsProperties impatient() {
    return properties(SHORT, 16, 10);
  }

  static AwsProperties properties(Duration timeout, int concurrentCalls, int breakerCalls) {
    return properties(timeout, concurrentCalls, breakerCalls, List.of());
  }

  /** Of several accounts. */
  static AwsProperties properties(List<AwsProperties.Account> accounts) {
    return properties(Duration.ofSeconds(5), 16, 10, accounts);
  }

  private static AwsProperties properties(
      Duration timeout,
      int concurrentCalls,
      int breakerCalls,
      List<AwsProperties.Account> accounts) {
    return new AwsProperties(
        Optional.empty(),
        List.of(VIRGINIA, OREGON),
        accounts.isEmpty() ? Optional.of(ACCOUNT) : Optional.empty(),
        accounts,
        SHORT,
        timeout,
        Duration.ofSeconds(8),
        timeout,
        Duration.ofSeconds(2),
        concurrentCalls,
        breakerCalls,
        Duration.ofMillis(100),
        10,
        100,
        3,
        Duration.ofMillis(10));
  }

  static AwsCredentialsProvider anyCredentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("simulator", "simulator"));
  }

  static FailoverCall call(Instant sendBefore) {
    return new FailoverCall(
        ACCOUNT, OREGON, SESSIONS, OREGON, new ReplicationGroupId("sessions-usw2"), sendBefore);
  }

  CallOutcome failOver() {
    return changes.failOver(call(InstantSource.system().instant().plusSeconds(60)));
  }

  Reading<GlobalDatastore> describe() {
    return reads.describe(ACCOUNT, OREGON, SESSIONS);
  }

  @Override
  public void close() {
    regions.close();
  }
}
