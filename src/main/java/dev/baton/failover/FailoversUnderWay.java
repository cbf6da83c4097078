package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.ObservationDemand;
import dev.baton.globaldatastore.ObservedChange;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has AWS looked at where failovers are under way, and wakes them when it shows a change. */
@Component
class FailoversUnderWay implements ObservationDemand {
  private final FailoverRepository failovers;
  private final FailoverScheduling scheduling;

  FailoversUnderWay(FailoverRepository failovers, FailoverScheduling scheduling) {
    this.failovers = failovers;
    this.scheduling = scheduling;
  }

  @Override
  public Map<GlobalDatastoreId, Instant> underWay(AccountId accountId, Region region) {
    return failovers.findUnderWay(accountId, region).stream()
        .collect(Collectors.toMap(UnderWay::globalDatastoreId, UnderWay::since));
  }

  @EventListener
  void wake(ObservedChange change) {
    failovers
        .findUnfinished(change.accountId(), change.region(), change.globalDatastoreIds())
        .forEach(id -> scheduling.wake(new FailoverId(id)));
  }
}
