package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.globaldatastore.AwsEndpoint;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.AwsEnvironment.Account;
import dev.baton.globaldatastore.CallPaces;
import dev.baton.globaldatastore.GlobalDatastoreChanges;
import dev.baton.globaldatastore.GlobalDatastores;
import dev.baton.globaldatastore.ReplicationGroups;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the adapter to AWS together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AwsProperties.class, LagProperties.class})
class AwsConfiguration {
  private static final AccountId SIMULATED_ACCOUNT = new AccountId("000000000000");

  @Bean
  AwsEnvironment awsEnvironment(AwsProperties properties, ObjectProvider<AwsEndpoint> other) {
    var endpoint =
        properties
            .endpoint()
            .or(() -> Optional.ofNullable(other.getIfAvailable()).map(AwsEndpoint::uri));
    var environment = new AwsEnvironment(accounts(properties), endpoint);
    if (properties.accountId().isEmpty()
        && properties.accounts().isEmpty()
        && !environment.isSimulated()) {
      throw new IllegalStateException(
          "Baton is to serve AWS itself and doesn't know which account: set BATON_AWS_ACCOUNT_ID to"
              + " its twelve digits, or BATON_AWS_ENDPOINT to the address of a simulator");
    }
    return environment;
  }

  private static List<Account> accounts(AwsProperties properties) {
    return properties.accounts().isEmpty()
        ? List.of(
            new Account(properties.accountId().orElse(SIMULATED_ACCOUNT), properties.regions()))
        : properties.accounts().stream()
            .map(account ->
                new Account(
                    account.id(),
                    account.regions().isEmpty() ? properties.regions() : account.regions()))
            .toList();
  }

  @Bean
  RoleCredentials roleCredentials(AwsEnvironment environment, AwsProperties properties) {
    return new RoleCredentials(environment, properties, CredentialSources.of(environment));
  }

  @Bean
  RegionGuards regionGuards(AwsProperties properties, CallPaces paces) {
    return new RegionGuards(properties, paces, System::nanoTime);
  }

  @Bean
  ServedRegions servedRegions(
      AwsEnvironment environment,
      AwsProperties properties,
      RoleCredentials credentials,
      RegionGuards guards) {
    return new ServedRegions(
        environment, new ElastiCacheClients(environment, properties, credentials), guards);
  }

  @Bean
  GlobalDatastores globalDatastores(
      ServedRegions regions, AwsProperties properties, ObjectProvider<InstantSource> clock) {
    return new ElastiCacheGlobalDatastores(regions, new Questions(properties, sendClock(clock)));
  }

  @Bean
  ReplicationGroups replicationGroups(
      ServedRegions regions, AwsProperties properties, ObjectProvider<InstantSource> clock) {
    return new ElastiCacheReplicationGroups(
        regions, Questions.aboutGroups(properties, sendClock(clock)));
  }

  @Bean
  GlobalDatastoreChanges globalDatastoreChanges(
      ServedRegions regions, AwsProperties properties, ObjectProvider<InstantSource> clock) {
    return new ElastiCacheGlobalDatastoreChanges(
        regions, sendClock(clock), properties.callTimeout());
  }

  @Bean
  CloudWatchReplicationLags replicationLagReadings(
      AwsEnvironment environment,
      AwsProperties properties,
      LagProperties lag,
      RoleCredentials credentials,
      RegionGuards guards,
      ObjectProvider<InstantSource> clock) {
    return new CloudWatchReplicationLags(
        environment,
        new CloudWatchClients(environment, properties, lag, credentials),
        guards,
        lag,
        sendClock(clock));
  }

  @Bean
  MeterBinder circuitBreakerMetrics(RegionGuards guards) {
    return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(guards.breakers());
  }

  @Bean
  MeterBinder bulkheadMetrics(RegionGuards guards) {
    return TaggedBulkheadMetrics.ofBulkheadRegistry(guards.bulkheads());
  }

  @Bean
  MeterBinder retryMetrics(RegionGuards guards) {
    return TaggedRetryMetrics.ofRetryRegistry(guards.retries());
  }

  private static SendClock sendClock(ObjectProvider<InstantSource> clock) {
    return SendClock.of(clock.getIfAvailable(InstantSource::system));
  }
}
