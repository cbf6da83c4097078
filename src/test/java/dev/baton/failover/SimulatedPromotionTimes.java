package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import java.time.Duration;
import java.util.Optional;

/** Promotions have taken about as long as {@link SimulatedAws} lets most of them take. */
final class SimulatedPromotionTimes implements PromotionTimes {

  @Override
  public Optional<Past> of(AccountId accountId, GlobalDatastoreId datastore) {
    return of(accountId);
  }

  @Override
  public Optional<Past> of(AccountId accountId) {
    return Optional.of(
        new Past(10, Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(7)));
  }
}
