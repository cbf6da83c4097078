package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.AwsEnvironment;
import java.time.Duration;
import javax.xml.stream.XMLInputFactory;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/** Makes SDK clients that send each request once and wait for nothing without an end. */
final class ElastiCacheClients {
  private static final Duration REUSE_FOR_READS = Duration.ofSeconds(5);
  // A kept connection may have been closed by the other side, and nobody could tell whether it read
  // the call before: a change opens its own.
  private static final Duration NO_REUSE = Duration.ofMillis(1);

  static {
    // The SDK has a parser for each thread, and a request has its own: unless it is told which one
    // there is, Java looks for others in each library, each time.
    System.setProperty(
        XMLInputFactory.class.getName(), XMLInputFactory.newDefaultFactory().getClass().getName());
  }

  private final AwsEnvironment environment;
  private final AwsProperties properties;
  private final HttpClients http;
  private final AccountCredentials credentials;

  ElastiCacheClients(
      AwsEnvironment environment, AwsProperties properties, AccountCredentials credentials) {
    this.environment = environment;
    this.properties = properties;
    this.http = new HttpClients(environment, properties);
    this.credentials = credentials;
  }

  ElastiCacheClient client(AccountId accountId, Region region, CallKind kind) {
    var builder =
        ElastiCacheClient.builder()
            .region(software.amazon.awssdk.regions.Region.of(region.name()))
            .credentialsProvider(credentials.of(accountId, region))
            .httpClient(http.client(timeout(kind), reuse(kind)))
            .overrideConfiguration(configuration -> configure(configuration, kind));
    environment.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private void configure(ClientOverrideConfiguration.Builder configuration, CallKind kind) {
    configuration
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .apiCallTimeout(timeout(kind))
        .apiCallAttemptTimeout(timeout(kind));
    if (kind == CallKind.CHANGE) {
      configuration.addExecutionInterceptor(new SendFence());
    }
  }

  private static Duration reuse(CallKind kind) {
    return kind == CallKind.CHANGE ? NO_REUSE : REUSE_FOR_READS;
  }

  private Duration timeout(CallKind kind) {
    return switch (kind) {
      case READ, ENDPOINT -> properties.readTimeout();
      case CHANGE -> properties.callTimeout();
    };
  }
}
