package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The endpoints of replication groups, kept for a while: a name doesn't move with the roles. They
 * are good to know, and nothing else waits for them.
 */
@Component
public class Endpoints {
  private static final Duration LOOK = Duration.ofMillis(300);

  private final ReplicationGroups groups;
  private final InstantSource clock;
  private final Map<Place, KnownEndpoint> places = new ConcurrentHashMap<>();

  private record Place(AccountId accountId, Region region, ReplicationGroupId group) {}

  Endpoints(ReplicationGroups groups, InstantSource clock) {
    this.groups = groups;
    this.clock = clock;
  }

  /** Has it read without waiting, for who wants to know it soon. */
  public void readSoon(AccountId accountId, Region region, ReplicationGroupId group) {
    within(Duration.ZERO, accountId, region, group);
  }

  /**
   * Where applications write to while this replication group is primary; empty if that isn't known
   * in this time. The question goes on, for the next. Not to be called in a transaction.
   *
   * @param region the Region of the replication group
   */
  public Optional<Endpoint> within(
      Duration patience, AccountId accountId, Region region, ReplicationGroupId group) {
    return places
        .computeIfAbsent(
            new Place(accountId, region, group),
            _ -> new KnownEndpoint(() -> groups.describe(accountId, region, group), clock))
        .within(patience);
  }

  void readSoonOfPrimary(AccountId accountId, GlobalDatastore datastore) {
    ofPrimary(Duration.ZERO, accountId, datastore);
  }

  /** The endpoint of the primary, if there is one; nothing waits for it worth mentioning. */
  Optional<Endpoint> ofPrimary(AccountId accountId, GlobalDatastore datastore) {
    return ofPrimary(LOOK, accountId, datastore);
  }

  private Optional<Endpoint> ofPrimary(
      Duration patience, AccountId accountId, GlobalDatastore datastore) {
    return datastore
        .primary()
        .flatMap(
            member -> within(patience, accountId, member.region(), member.replicationGroupId()));
  }
}
