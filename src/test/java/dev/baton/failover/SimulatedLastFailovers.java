package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.globaldatastore.LastFailover;
import dev.baton.globaldatastore.LastFailovers;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The last failovers among those in memory. */
record SimulatedLastFailovers(SimulatedFailovers failovers) implements LastFailovers {

  @Override
  public Map<GlobalDatastoreId, LastFailover> of(
      AccountId accountId, Collection<GlobalDatastoreId> datastores, Set<UUID> besides) {
    var last = new HashMap<GlobalDatastoreId, LastFailover>();
    for (var id : datastores) {
      failovers.findLast(accountId, id, besides).ifPresent(one -> last.put(id, one));
    }
    return last;
  }
}
