package dev.baton.policy;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import java.util.Optional;

/**
 * What is asked for, as far as the policy judges it.
 *
 * @param accountId the account that holds the Global datastore
 * @param globalDatastoreId the Global datastore whose primary role is to move
 * @param mode how it is to move
 * @param sourceRegion where the primary is now; empty where that isn't known
 * @param targetRegion the Region that is to become primary
 * @param reference the ticket the request names
 */
public record PolicyRequest(
    AccountId accountId,
    GlobalDatastoreId globalDatastoreId,
    FailoverMode mode,
    Optional<Region> sourceRegion,
    Region targetRegion,
    Optional<String> reference) {

  PolicyRequest with(FailoverMode other) {
    return new PolicyRequest(
        accountId, globalDatastoreId, other, sourceRegion, targetRegion, reference);
  }

  PolicyRequest with(Region otherTarget) {
    return new PolicyRequest(
        accountId, globalDatastoreId, mode, sourceRegion, otherTarget, reference);
  }
}
