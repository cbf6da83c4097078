package dev.baton.failover;

import dev.baton.core.Region;
import dev.baton.policy.Policies;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;
import dev.baton.policy.PolicyRequest;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Gathers the facts that policy goes by. */
@Component
class FailoverPolicy {
  private final Policies policies;
  private final FailoverRepository failovers;

  FailoverPolicy(Policies policies, FailoverRepository failovers) {
    this.policies = policies;
    this.failovers = failovers;
  }

  PolicyDecision decide(FailoverRequest request, Optional<Region> source, Instant now) {
    return decide(
        new PolicyRequest(
            request.accountId(),
            request.globalReplicationGroupId(),
            request.mode(),
            source,
            request.targetRegion(),
            request.reference()),
        now);
  }

  PolicyDecision decide(Failover failover, Instant now) {
    return decide(
        new PolicyRequest(
            failover.accountId(),
            failover.globalReplicationGroupId(),
            failover.mode(),
            failover.sourceRegion(),
            failover.targetRegion(),
            failover.reference()),
        now);
  }

  private PolicyDecision decide(PolicyRequest request, Instant now) {
    var lastPromotion =
        failovers.findLastPromotion(request.accountId(), request.globalDatastoreId());
    return policies.evaluate(request, new PolicyFacts(now, lastPromotion));
  }
}
