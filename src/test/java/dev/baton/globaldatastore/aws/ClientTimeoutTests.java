package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.globaldatastore.AwsEnvironment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;

/** The SDK waits without an end, and repeats calls, unless each client is told otherwise. */
class ClientTimeoutTests {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final AwsProperties PROPERTIES = Adapter.properties(TIMEOUT, 16, 10);
  private static final AwsEnvironment ENVIRONMENT =
      new AwsEnvironment(
          Adapter.ACCOUNT, List.of(Adapter.OREGON), Optional.of(URI.create("http://127.0.0.1:1")));

  @ParameterizedTest
  @EnumSource
  void endsEveryCallToElastiCacheInTimeAndSendsItOnce(CallKind kind) {
    var clients =
        new ElastiCacheClients(ENVIRONMENT, PROPERTIES, (_, _) -> Adapter.anyCredentials());
    try (var client = clients.client(Adapter.ACCOUNT, Adapter.OREGON, kind)) {
      assertBounded(client.serviceClientConfiguration());
    }
  }

  @Test
  void endsEveryCallToCloudWatchInTimeAndSendsItOnce() {
    var clients =
        new CloudWatchClients(
            ENVIRONMENT,
            PROPERTIES,
            new LagProperties("Maximum", "ReplicationGroupId", TIMEOUT),
            (_, _) -> Adapter.anyCredentials());
    try (var client = clients.client(Adapter.ACCOUNT, Adapter.OREGON)) {
      assertBounded(client.serviceClientConfiguration());
    }
  }

  private static void assertBounded(AwsServiceClientConfiguration client) {
    var configuration = client.overrideConfiguration();
    assertThat(configuration.apiCallTimeout()).contains(TIMEOUT);
    assertThat(configuration.apiCallAttemptTimeout()).contains(TIMEOUT);
    assertThat(configuration.retryStrategy())
        .hasValueSatisfying(strategy -> assertThat(strategy.maxAttempts()).isEqualTo(1));
  }
}
