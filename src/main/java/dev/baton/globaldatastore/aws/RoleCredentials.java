package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.AwsEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Credentials of several accounts: Baton's own, and those of the roles that it assumes.
 *
 * <p>Each Region is called with credentials from its own STS, so that a Region which is dark leaves
 * the others theirs.
 */
final class RoleCredentials implements AccountCredentials, AutoCloseable {
  private static final Duration REUSE = Duration.ofSeconds(5);

  private final AwsEnvironment environment;
  private final AwsProperties properties;
  private final AwsCredentialsProvider own;
  private final Map<Place, AwsCredentialsProvider> places = new ConcurrentHashMap<>();

  private record Place(AccountId accountId, Region region) {}

  RoleCredentials(
      AwsEnvironment environment, AwsProperties properties, AwsCredentialsProvider own) {
    this.environment = environment;
    this.properties = properties;
    this.own = own;
  }

  @Override
  public AwsCredentialsProvider of(AccountId accountId, Region region) {
    return places.computeIfAbsent(
        new Place(accountId, region),
        place -> new TimelyCredentials(source(place), properties.credentialsTimeout()));
  }

  private AwsCredentialsProvider source(Place place) {
    return properties.accounts().stream()
        .filter(account -> account.id().equals(place.accountId()))
        .filter(account -> account.roleArn().isPresent())
        .findFirst()
        .<AwsCredentialsProvider>map(account -> new AssumedRole(account, sts(place.region())))
        .orElse(own);
  }

  private StsClient sts(Region region) {
    var timeout = properties.credentialsTimeout();
    var builder =
        StsClient.builder()
            .region(software.amazon.awssdk.regions.Region.of(region.name()))
            .credentialsProvider(own)
            .httpClient(new HttpClients(environment, properties).client(timeout, REUSE))
            .overrideConfiguration(configuration ->
                configuration
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .apiCallTimeout(timeout)
                    .apiCallAttemptTimeout(timeout));
    environment.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  @Override
  public void close() {
    places.values().forEach(place -> ((TimelyCredentials) place).close());
  }
}
