package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where is kept what AWS showed last, of each Global datastore in each Region. */
interface ObservationTable {

  Optional<Observation> latest(AccountId accountId, Region region, GlobalDatastoreId id);

  /** What each Region showed last, the youngest first. */
  List<Observation> latest(AccountId accountId, GlobalDatastoreId id);

  /** What each Region showed last of each of these, in no order. */
  List<Observation> latest(AccountId accountId, Collection<GlobalDatastoreId> ids);

  /** Those that the Region showed. */
  Set<GlobalDatastoreId> shown(AccountId accountId, Region region);

  /** The youngest view of each Global datastore of these accounts after one. */
  List<Observation> page(List<AccountId> accounts, Optional<Observations.Key> after, int limit);

  int count(AccountId accountId, Region region);

  Set<ReplicationGroupId> secondaries(AccountId accountId, Region region);

  /**
   * What a describe showed of a Global datastore.
   *
   * @param state what must stay the same for a view to be the same as before
   */
  record View(GlobalDatastore datastore, String state) {}

  /**
   * Keeps what a describe showed, each view unless a younger one is kept already.
   *
   * @param views one of each Global datastore at most
   * @param longestGap how far two describes may lie apart for a view to have lasted in between
   * @return those whose view is kept, and is another one than before
   */
  Set<GlobalDatastoreId> store(
      AccountId accountId,
      Region region,
      Instant beganAt,
      Collection<View> views,
      Duration longestGap);

  /** Removes one that was shown by a describe that began before that. */
  void remove(AccountId accountId, Region region, GlobalDatastoreId id, Instant before);

  /** Removes all that were. */
  void removeAll(AccountId accountId, Region region, Instant before);
}
