package dev.baton.failover.primary;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.failover.comparison.Recorded;
import dev.baton.globaldatastore.LastMoves;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where primaries are, as the Regions agreed on last. */
public interface RecordedPrimaries extends LastMoves {

  /** The Regions of those that are recorded. */
  Map<GlobalDatastoreId, Region> regions(
      AccountId accountId, Collection<GlobalDatastoreId> datastores);

  /** All of them. */
  List<Recorded.Primary> all();

  /** To the end of the transaction nobody else changes it. */
  Optional<RecordedPrimary> locked(AccountId accountId, GlobalDatastoreId id);

  /** Records one that was seen for the first time. */
  void begin(AccountId accountId, GlobalDatastoreId id, RecordedPrimary first);

  /**
   * Records that it is somewhere else now.
   *
   * @param from where it was; if that isn't known, where it is on record
   * @param by the failover that moved it; empty if it was moved without Baton
   */
  void move(
      AccountId accountId,
      GlobalDatastoreId id,
      Optional<Region> from,
      RecordedPrimary to,
      Optional<UUID> by);
}
