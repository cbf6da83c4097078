package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import java.time.Duration;
import java.util.List;

/** The Global datastores of an account, read from AWS through one Region's endpoint. */
public interface GlobalDatastores {

  Reading<GlobalDatastore> describe(AccountId accountId, Region region, GlobalDatastoreId id);

  /**
   * All of them that the Region shows, in as many pages as it takes.
   *
   * @param rest how long to leave everything to others between two pages
   */
  Reading<List<GlobalDatastore>> describeAll(AccountId accountId, Region region, Duration rest);
}
