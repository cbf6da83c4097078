package dev.baton.failover;

import dev.baton.policy.CallsUnderWay;
import dev.baton.policy.HoldsChanged;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells whoever sets a hold what it comes too late for, and wakes what it let go. */
@Component
class AtAws implements CallsUnderWay {
  private final FailoverRepository failovers;
  private final FailoverScheduling scheduling;

  AtAws(FailoverRepository failovers, FailoverScheduling scheduling) {
    this.failovers = failovers;
    this.scheduling = scheduling;
  }

  @Override
  public List<Call> unfinished() {
    return failovers.findCalledFor().stream()
        .map(failover ->
            new Call(
                failover.getId(),
                failover.status().name(),
                failover.accountId(),
                failover.globalReplicationGroupId(),
                failover.sourceRegion(),
                failover.targetRegion()))
        .toList();
  }

  /** What fails here is done at the next look, two seconds later. */
  @EventListener
  void wake(HoldsChanged changed) {
    failovers.findPending().forEach(id -> scheduling.wake(new FailoverId(id)));
  }
}
