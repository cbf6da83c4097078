package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.AwsEnvironment;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/** The way to each Region of each account that is served: made once, closed at shutdown. */
final class ServedRegions implements AutoCloseable {

  /** The client for a Region and kind of call, and what guards it. */
  record Way(Region region, ElastiCacheClient client, RegionGuard guard) {}

  private final AwsEnvironment environment;
  private final Map<CallKind, Map<Place, Way>> ways = new EnumMap<>(CallKind.class);

  private record Place(AccountId accountId, Region region) {}

  ServedRegions(AwsEnvironment environment, ElastiCacheClients clients, RegionGuards guards) {
    this.environment = environment;
    for (var kind : CallKind.values()) {
      var toPlace = new HashMap<Place, Way>();
      for (var account : environment.accounts()) {
        for (var region : account.regions()) {
          toPlace.computeIfAbsent(
              new Place(account.id(), region),
              _ ->
                  new Way(
                      region,
                      clients.client(account.id(), region, kind),
                      guards.guard(account.id(), region, kind)));
        }
      }
      ways.put(kind, Collections.unmodifiableMap(toPlace));
    }
  }

  /** Empty where the Region of the account is not served. */
  Optional<Way> way(AccountId accountId, Region region, CallKind kind) {
    return Optional.ofNullable(ways.getOrDefault(kind, Map.of()).get(new Place(accountId, region)));
  }

  /** A call with another account's credentials would hit the wrong one. */
  boolean hasCredentialsFor(AccountId accountId) {
    return environment.accountIds().contains(accountId);
  }

  String otherAccount(AccountId accountId) {
    return "there are credentials for account %s only, not for %s"
        .formatted(
            environment.accountIds().stream()
                .map(AccountId::value)
                .collect(Collectors.joining(" and ")),
            accountId);
  }

  String notServed(AccountId accountId, Region region) {
    return "Baton serves the Regions %s of account %s: add %s to BATON_AWS_REGIONS, or to the regions"
            .formatted(environment.regions(accountId), accountId, region)
        + " of this one of baton.aws.accounts";
  }

  @Override
  public void close() {
    ways.values().forEach(toPlace -> toPlace.values().forEach(way -> way.client().close()));
  }
}
