package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.ObservationDemand;
import dev.baton.globaldatastore.ObservedChange;
import dev.baton.globaldatastore.UnderWay;
import dev.baton.globaldatastore.UnderWay.Expected;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has AWS looked at where failovers are under way, and wakes them when it shows a change. */
@Component
class FailoversUnderWay implements ObservationDemand {
  private final FailoverRepository failovers;
  private final PromotionTimes times;
  private final FailoverScheduling scheduling;

  FailoversUnderWay(
      FailoverRepository failovers, PromotionTimes times, FailoverScheduling scheduling) {
    this.failovers = failovers;
    this.times = times;
    this.scheduling = scheduling;
  }

  @Override
  public Map<GlobalDatastoreId, UnderWay> underWay(AccountId accountId, Region region) {
    var underWay = failovers.findUnderWay(accountId, region);
    var expected =
        underWay.stream().anyMatch(FailoverUnderWay::isPromotion)
            ? times.of(accountId).map(FailoversUnderWay::expected)
            : Optional.<Expected>empty();
    return underWay.stream()
        .collect(
            Collectors.toMap(
                FailoverUnderWay::globalDatastoreId,
                one -> new UnderWay(one.since(), expected.filter(_ -> one.isPromotion()))));
  }

  /**
   * A tenth wider on either side: what the next one takes need not lie among what the last took.
   */
  private static Expected expected(PromotionTimes.Past past) {
    return new Expected(
        hundredths(past.tenth(), 90), past.median(), hundredths(past.ninetieth(), 110));
  }

  private static Duration hundredths(Duration of, int count) {
    return of.multipliedBy(count).dividedBy(100);
  }

  @EventListener
  void wake(ObservedChange change) {
    failovers
        .findUnfinished(change.accountId(), change.region(), change.globalDatastoreIds())
        .forEach(id -> scheduling.wake(new FailoverId(id)));
    scheduling.startDue();
  }
}
