package dev.baton.failover;

import dev.baton.policy.CallsUnderWay;
import dev.baton.policy.HoldsChanged;
import dev.baton.policy.StandingHold;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells whoever sets a hold what it comes too late for, and wakes what it let go. */
@Component
class FailoversCalledFor implements CallsUnderWay {
  private final FailoverRepository failovers;
  private final FailoverJournal journal;
  private final FailoverScheduling scheduling;

  FailoversCalledFor(
      FailoverRepository failovers, FailoverJournal journal, FailoverScheduling scheduling) {
    this.failovers = failovers;
    this.journal = journal;
    this.scheduling = scheduling;
  }

  @Override
  public List<Call> unfinished() {
    return failovers.findUnfinished().stream()
        .filter(Unfinished::isCalledFor)
        .map(failover ->
            new Call(
                failover.id(),
                failover.status().name(),
                failover.accountId(),
                failover.globalReplicationGroupId(),
                Optional.ofNullable(failover.sourceRegion()),
                failover.targetRegion()))
        .toList();
  }

  @Override
  public void cameTooLate(Call call, StandingHold hold) {
    journal.appendTo(
        new FailoverId(call.failoverId()),
        FailoverEvent.HOLD_CAME_TOO_LATE,
        Map.of(
            "status", call.status(),
            "hold", hold.id(),
            "setBy", hold.setBy(),
            "reason", hold.reason()));
  }

  /** What fails here is done at the next look, two seconds later. */
  @EventListener
  void wake(HoldsChanged changed) {
    failovers.findPending().forEach(id -> scheduling.wake(new FailoverId(id)));
  }
}
