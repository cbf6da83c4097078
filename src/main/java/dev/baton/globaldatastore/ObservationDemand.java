package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import java.util.Set;

/** Says which Global datastores must be looked at often, because something is under way there. */
public interface ObservationDemand {

  Set<GlobalDatastoreId> wanted(AccountId accountId, Region region);
}
