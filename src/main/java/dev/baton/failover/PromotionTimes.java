package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import java.time.Duration;
import java.util.Optional;

/** How long promotions have taken, from the call to the end. */
interface PromotionTimes {

  /**
   * What past promotions took.
   *
   * @param promotions how many they are
   * @param tenth one of ten took no longer
   * @param median half of them took no longer
   * @param ninetieth nine of ten took no longer
   */
  record Past(int promotions, Duration tenth, Duration median, Duration ninetieth) {}

  /** Of one Global datastore; empty if it was never promoted. */
  Optional<Past> of(AccountId accountId, GlobalDatastoreId datastore);

  /** Of all in the account. */
  Optional<Past> of(AccountId accountId);
}
