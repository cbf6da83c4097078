package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Knows how the last failovers went. */
public interface LastFailovers {

  /**
   * The last one of each of these Global datastores that had any.
   *
   * @param besides those that are left out of account
   */
  Map<GlobalDatastoreId, LastFailover> of(
      AccountId accountId, Collection<GlobalDatastoreId> datastores, Set<UUID> besides);
}
