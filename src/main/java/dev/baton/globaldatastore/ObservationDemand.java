package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import java.util.Map;

/** Says which Global datastores must be looked at often. */
public interface ObservationDemand {

  /** Those where something is under way. */
  Map<GlobalDatastoreId, UnderWay> underWay(AccountId accountId, Region region);
}
