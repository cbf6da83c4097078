package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.AwsEnvironment;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/** The way to each Region that is served: made once, closed at shutdown. */
final class ServedRegions implements AutoCloseable {

  /** The client for a Region and kind of call, and what guards it. */
  record Way(Region region, ElastiCacheClient client, RegionGuard guard) {}

  private final AwsEnvironment environment;
  private final Map<CallKind, Map<Region, Way>> ways = new EnumMap<>(CallKind.class);

  ServedRegions(AwsEnvironment environment, ElastiCacheClients clients, RegionGuards guards) {
    this.environment = environment;
    for (var kind : CallKind.values()) {
      var toRegion = new HashMap<Region, Way>();
      for (var region : environment.regions()) {
        toRegion.computeIfAbsent(
            region, _ -> new Way(region, clients.client(region, kind), guards.guard(region, kind)));
      }
      ways.put(kind, Collections.unmodifiableMap(toRegion));
    }
  }

  /** Empty where the Region is not served. */
  Optional<Way> way(Region region, CallKind kind) {
    return Optional.ofNullable(ways.getOrDefault(kind, Map.of()).get(region));
  }

  /** Only one account's credentials are at hand: a call for another would hit the wrong one. */
  boolean hasCredentialsFor(AccountId accountId) {
    return environment.accountId().equals(accountId);
  }

  String otherAccount(AccountId accountId) {
    return "there are credentials for account %s only, not for %s"
        .formatted(environment.accountId(), accountId);
  }

  String notServed(Region region) {
    return "Baton serves the Regions %s: add %s to BATON_AWS_REGIONS"
        .formatted(environment.regions(), region);
  }

  @Override
  public void close() {
    ways.values().forEach(toRegion -> toRegion.values().forEach(way -> way.client().close()));
  }
}
