package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.AwsEnvironment;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** Makes SDK clients for CloudWatch that send each request once and don't wait long. */
final class CloudWatchClients {
  private static final Duration REUSE = Duration.ofSeconds(5);

  private final AwsEnvironment environment;
  private final HttpClients http;
  private final LagProperties lag;
  private final AccountCredentials credentials;

  CloudWatchClients(
      AwsEnvironment environment,
      AwsProperties properties,
      LagProperties lag,
      AccountCredentials credentials) {
    this.environment = environment;
    this.http = new HttpClients(environment, properties);
    this.lag = lag;
    this.credentials = credentials;
  }

  CloudWatchClient client(AccountId accountId, Region region) {
    var builder =
        CloudWatchClient.builder()
            .region(software.amazon.awssdk.regions.Region.of(region.name()))
            .credentialsProvider(credentials.of(accountId, region))
            .httpClient(http.client(lag.timeout(), REUSE))
            .overrideConfiguration(configuration ->
                configuration
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .apiCallTimeout(lag.timeout())
                    .apiCallAttemptTimeout(lag.timeout()));
    environment.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
