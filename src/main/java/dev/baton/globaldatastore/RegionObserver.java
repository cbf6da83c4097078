package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.Reading.NotFound;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Seen;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at a Region once and stores what it shows. */
@Component
class RegionObserver {
  private static final Logger LOG = LoggerFactory.getLogger(RegionObserver.class);
  private static final int PAGE = 100;

  private final GlobalDatastores globalDatastores;
  private final Observations observations;

  RegionObserver(GlobalDatastores globalDatastores, Observations observations) {
    this.globalDatastores = globalDatastores;
    this.observations = observations;
  }

  /** Whether the Region answered. */
  boolean look(AccountId accountId, Region region, Set<GlobalDatastoreId> wanted) {
    int pages = Math.ceilDiv(observations.count(accountId, region), PAGE);
    if (!wanted.isEmpty() && wanted.size() < pages) {
      return wanted.stream().allMatch(id -> lookAtOne(accountId, region, id));
    }
    return lookAtAll(accountId, region);
  }

  private boolean lookAtAll(AccountId accountId, Region region) {
    return switch (globalDatastores.describeAll(accountId, region)) {
      case Seen<List<GlobalDatastore>>(var shown, var beganAt) -> {
        observations.record(accountId, region, beganAt, shown);
        observations.forgetUnseen(accountId, region, beganAt);
        yield true;
      }
      case NotFound<List<GlobalDatastore>> _ -> true;
      case NotRead<List<GlobalDatastore>> failure -> logged(accountId, region, failure);
    };
  }

  private boolean lookAtOne(AccountId accountId, Region region, GlobalDatastoreId id) {
    return switch (globalDatastores.describe(accountId, region, id)) {
      case Seen<GlobalDatastore>(var shown, var beganAt) -> {
        observations.record(accountId, region, beganAt, List.of(shown));
        yield true;
      }
      case NotFound<GlobalDatastore>(var beganAt) -> {
        observations.recordGone(accountId, region, beganAt, id);
        yield true;
      }
      case NotRead<GlobalDatastore> failure -> logged(accountId, region, failure);
    };
  }

  private static boolean logged(AccountId accountId, Region region, NotRead<?> failure) {
    LOG.warn(
        "{} of account {} can't be observed: {} ({}): {}",
        region,
        accountId,
        failure.reason(),
        failure.code(),
        failure.message());
    return false;
  }
}
