package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.Observation;
import dev.baton.globaldatastore.Readiness;
import dev.baton.globaldatastore.ReadinessJudge;
import dev.baton.globaldatastore.ReadinessReason;
import dev.baton.globaldatastore.ReplicationLag;
import dev.baton.policy.TargetLag;
import dev.baton.policy.TargetReadiness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Says in policy's words how fit a target is: judged now, by what is known. */
@Component
class TargetReadinesses {
  private final ReadinessJudge judge;

  TargetReadinesses(ReadinessJudge judge) {
    this.judge = judge;
  }

  /**
   * How fit the target is. It takes the database only, so it may be asked in a transaction.
   *
   * @param seen what AWS has shown just now, which need not be stored
   * @param besides the failover that is decided on
   */
  TargetReadiness of(
      AccountId accountId,
      GlobalDatastoreId datastore,
      TargetLag lag,
      List<Observation> seen,
      Set<UUID> besides,
      Instant now) {
    var region = lag.region();
    return of(region, judge.judge(accountId, datastore, region, lag(lag, now), seen, besides));
  }

  /** The same of what was judged already. */
  static TargetReadiness of(Region region, Optional<Readiness> judged) {
    return judged
        .map(readiness -> judged(region, readiness))
        .orElseGet(() ->
            new TargetReadiness.Unknown(region, "no Region has shown the Global datastore yet"));
  }

  private static TargetReadiness judged(Region region, Readiness readiness) {
    return new TargetReadiness.Judged(
        region,
        readiness.level(),
        readiness.reasons().stream()
            .map(ReadinessReason::explanation)
            .map(it -> it.replaceFirst("\\.$", ""))
            .toList());
  }

  private static ReplicationLag lag(TargetLag lag, Instant now) {
    return switch (lag) {
      case TargetLag.Measured(_, var behind, var measuredAt) ->
          new ReplicationLag.Known(behind, measuredAt, now);
      case TargetLag.Unknown(_, var reason) -> new ReplicationLag.Unknown(reason);
    };
  }
}
