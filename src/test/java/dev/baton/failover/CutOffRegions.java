package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.DetachCall;
import dev.baton.globaldatastore.FailoverCall;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.GlobalDatastoreChanges;
import dev.baton.globaldatastore.GlobalDatastores;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotRead;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Regions whose endpoints refuse every connection. The simulator answers for all Regions at one
 * address, so it can't; this stands right above the SDK's clients and says what they would say.
 */
final class CutOffRegions implements BeanPostProcessor {
  private final Set<Region> cutOff = ConcurrentHashMap.newKeySet();
  private final Set<Region> deaf = ConcurrentHashMap.newKeySet();

  void cutOff(Region region) {
    cutOff.add(region);
  }

  /** Changing calls only: reads still reach it. */
  void cutOffChanges(Region region) {
    deaf.add(region);
  }

  void reconnect() {
    cutOff.clear();
    deaf.clear();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return switch (bean) {
      case GlobalDatastores reads -> new Reads(reads);
      case GlobalDatastoreChanges changes -> new Changes(changes);
      default -> bean;
    };
  }

  private final class Reads implements GlobalDatastores {
    private final GlobalDatastores behind;

    Reads(GlobalDatastores behind) {
      this.behind = behind;
    }

    @Override
    public Reading<GlobalDatastore> describe(
        AccountId accountId, Region region, GlobalDatastoreId id) {
      return cutOff.contains(region) ? refused() : behind.describe(accountId, region, id);
    }

    @Override
    public Reading<List<GlobalDatastore>> describeAll(
        AccountId accountId, Region region, Duration rest) {
      return cutOff.contains(region) ? refused() : behind.describeAll(accountId, region, rest);
    }

    private static <T> Reading<T> refused() {
      return new NotRead<>(Reading.Reason.UNREACHABLE, "HttpHostConnectException", "refused");
    }
  }

  private final class Changes implements GlobalDatastoreChanges {
    private final GlobalDatastoreChanges behind;

    Changes(GlobalDatastoreChanges behind) {
      this.behind = behind;
    }

    @Override
    public CallOutcome attempt(
        AccountId accountId, Region region, FailoverMode mode, Supplier<CallOutcome> attempt) {
      return behind.attempt(accountId, region, mode, attempt);
    }

    @Override
    public Duration callTimeout() {
      return behind.callTimeout();
    }

    @Override
    public CallOutcome failOver(FailoverCall call) {
      return through(call.endpointRegion(), () -> behind.failOver(call));
    }

    @Override
    public CallOutcome detach(DetachCall call) {
      return through(call.endpointRegion(), () -> behind.detach(call));
    }

    private CallOutcome through(Region region, Supplier<CallOutcome> call) {
      return cutOff.contains(region) || deaf.contains(region)
          ? new CallOutcome.NotExecuted(
              CallOutcome.Reason.UNREACHABLE, "HttpHostConnectException", "refused")
          : call.get();
    }
  }
}
