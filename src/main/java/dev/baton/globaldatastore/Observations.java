package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.ObservationTable.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What AWS showed last, shared by all instances. It never goes backwards in time. */
@Component
public class Observations {
  /** Nothing is known of what AWS showed in a longer gap, so a state doesn't last across it. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(1);

  /** One list without it doesn't prove that a Global datastore is gone. */
  private static final Duration KEPT_UNSEEN = Duration.ofMinutes(5);

  /** Whoever stores what one of them shows waits until all of these are stored. */
  private static final int AT_ONCE = 200;

  private final ObservationTable table;
  private final ApplicationEventPublisher events;

  /** What tells Global datastores apart: an id may occur in several accounts. */
  record Key(AccountId accountId, GlobalDatastoreId id) {}

  Observations(ObservationTable table, ApplicationEventPublisher events) {
    this.table = table;
    this.events = events;
  }

  /** What this Region showed last of this Global datastore. */
  public Optional<Observation> latest(AccountId accountId, Region region, GlobalDatastoreId id) {
    return table.latest(accountId, region, id);
  }

  /** What each Region showed last of this Global datastore, the youngest first. */
  public List<Observation> latest(AccountId accountId, GlobalDatastoreId id) {
    return table.latest(accountId, id);
  }

  /** What each Region showed last of each of these Global datastores, in no order. */
  List<Observation> latest(AccountId accountId, Collection<GlobalDatastoreId> ids) {
    return table.latest(accountId, ids);
  }

  /** The Global datastores that a Region showed. */
  Set<GlobalDatastoreId> shown(AccountId accountId, Region region) {
    return table.shown(accountId, region);
  }

  /**
   * The youngest view of each Global datastore of these accounts after one, in the order of their
   * accounts and ids.
   */
  List<Observation> page(List<AccountId> accounts, Optional<Key> after, int limit) {
    return table.page(accounts, after, limit);
  }

  int count(AccountId accountId, Region region) {
    return table.count(accountId, region);
  }

  /** The secondaries in a Region, of all Global datastores that it showed. */
  Set<ReplicationGroupId> secondaries(AccountId accountId, Region region) {
    return table.secondaries(accountId, region);
  }

  /**
   * Stores what a describe showed, unless a younger describe was stored before, and then tells who
   * is concerned: only after the commit, so that whoever is told can read it.
   */
  public void record(
      AccountId accountId, Region region, Instant beganAt, List<GlobalDatastore> shown) {
    if (shown.isEmpty()) {
      return;
    }
    // What moves from one page to the next while AWS is asked for them may be in both.
    var each = new LinkedHashMap<GlobalDatastoreId, GlobalDatastore>();
    shown.forEach(datastore -> each.put(datastore.id(), datastore));
    each.values().stream()
        .map(datastore -> new View(datastore, state(datastore)))
        .gather(Gatherers.windowFixed(AT_ONCE))
        .forEach(views -> store(accountId, region, beganAt, views));
    events.publishEvent(new RegionSeen(accountId, region, List.copyOf(each.values())));
  }

  private void store(AccountId accountId, Region region, Instant beganAt, List<View> views) {
    var changed = table.store(accountId, region, beganAt, views, LONGEST_GAP);
    if (!changed.isEmpty()) {
      events.publishEvent(new ObservedChange(accountId, region, List.copyOf(changed)));
    }
  }

  /** Stores that AWS answered that the Region has no such Global datastore. */
  public void recordGone(
      AccountId accountId, Region region, Instant beganAt, GlobalDatastoreId id) {
    table.remove(accountId, region, id, beganAt);
  }

  /** Forgets what a list of all of them, and every one before it for a while, did not show. */
  void forgetUnseen(AccountId accountId, Region region, Instant beganAt) {
    table.removeAll(accountId, region, beganAt.minus(KEPT_UNSEEN));
  }

  private static String state(GlobalDatastore datastore) {
    return datastore.status()
        + datastore.members().stream()
            .map(member ->
                " %s/%s=%s,%s"
                    .formatted(
                        member.region(),
                        member.replicationGroupId(),
                        member.role(),
                        member.status()))
            .sorted()
            .collect(Collectors.joining());
  }
}
