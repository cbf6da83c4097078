package dev.baton.policy;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked for, as far as the policy judges it.
 *
 * @param accountId the account that holds the Global datastore
 * @param globalDatastoreId the Global datastore whose primary role is to move
 * @param mode how it is to move
 * @param sourceRegion where the primary is now; empty where that isn't known
 * @param targetRegion the Region that is to become primary
 * @param reason why, in the requester's words
 * @param reference the ticket the request names
 * @param expectedPrimaryRegion where the requester believes the primary to be
 * @param acceptDataLoss whether writes may be lost
 * @param requester who asks
 * @param overrides the rules that the request sets aside: names of rules, or {@code policy/rule}
 *     for a rule of one policy only
 */
public record PolicyRequest(
    AccountId accountId,
    GlobalDatastoreId globalDatastoreId,
    FailoverMode mode,
    Optional<Region> sourceRegion,
    Region targetRegion,
    String reason,
    Optional<String> reference,
    Optional<Region> expectedPrimaryRegion,
    boolean acceptDataLoss,
    Requester requester,
    Set<String> overrides) {

  public PolicyRequest {
    overrides = Set.copyOf(overrides);
  }

  PolicyRequest with(FailoverMode other) {
    return new PolicyRequest(
        accountId,
        globalDatastoreId,
        other,
        sourceRegion,
        targetRegion,
        reason,
        reference,
        expectedPrimaryRegion,
        acceptDataLoss,
        requester,
        overrides);
  }

  PolicyRequest with(Region otherTarget) {
    return new PolicyRequest(
        accountId,
        globalDatastoreId,
        mode,
        sourceRegion,
        otherTarget,
        reason,
        reference,
        expectedPrimaryRegion,
        acceptDataLoss,
        requester,
        overrides);
  }

  /** Whether it sets that rule of that policy aside. */
  boolean overrides(String policy, String rule) {
    return !overrides.isEmpty()
        && (overrides.contains(rule) || overrides.contains(policy + "/" + rule));
  }
}
