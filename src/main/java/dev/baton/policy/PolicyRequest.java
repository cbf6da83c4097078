package dev.baton.policy;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import java.time.Instant;
import java.util.List;
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
 * @param approvals who has approved it
 * @param scheduledFor when it is to start, if not at once
 * @param failback if it takes a failover back
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
    Set<String> overrides,
    List<Approver> approvals,
    Optional<Instant> scheduledFor,
    Optional<Failback> failback) {

  public PolicyRequest {
    overrides = Set.copyOf(overrides);
    approvals = List.copyOf(approvals);
  }

  /** One that nobody has approved yet, and that is to start at once. */
  public PolicyRequest(
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
    this(
        accountId,
        globalDatastoreId,
        mode,
        sourceRegion,
        targetRegion,
        reason,
        reference,
        expectedPrimaryRegion,
        acceptDataLoss,
        requester,
        overrides,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same with these approvals and no others. */
  public PolicyRequest approvedBy(List<Approver> others) {
    return with(mode, targetRegion, others);
  }

  PolicyRequest with(FailoverMode other) {
    return with(other, targetRegion, approvals);
  }

  PolicyRequest with(Region otherTarget) {
    return with(mode, otherTarget, approvals);
  }

  private PolicyRequest with(
      FailoverMode otherMode, Region otherTarget, List<Approver> otherApprovals) {
    return new PolicyRequest(
        accountId,
        globalDatastoreId,
        otherMode,
        sourceRegion,
        otherTarget,
        reason,
        reference,
        expectedPrimaryRegion,
        acceptDataLoss,
        requester,
        overrides,
        otherApprovals,
        scheduledFor,
        failback);
  }

  /** Whether it sets that rule of that policy aside. */
  boolean overrides(String policy, String rule) {
    return !overrides.isEmpty()
        && (overrides.contains(rule) || overrides.contains(policy + "/" + rule));
  }
}
