package dev.baton.failover;

import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.globaldatastore.Endpoint;
import dev.baton.globaldatastore.Endpoints;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Where applications are to be pointed to once a failover has succeeded. It is read while the
 * promotion goes on, because a name doesn't move with the roles; then nothing waits for it in the
 * end, and a failover that succeeds without it has succeeded all the same.
 */
@Component
class NewPrimaryEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Endpoints endpoints;

  NewPrimaryEndpoint(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  void readAhead(Failover failover) {
    if (!failover.attempts().isEmpty()) {
      endpoints.readSoon(
          failover.accountId(), failover.targetRegion(), failover.targetReplicationGroupId());
    }
  }

  /** To be asked for outside a transaction. */
  Optional<Endpoint> after(Failover failover, ProcessDecision.Finish end) {
    return end.status() == FailoverStatus.SUCCEEDED
        ? endpoints.within(
            PATIENCE,
            failover.accountId(),
            failover.targetRegion(),
            failover.targetReplicationGroupId())
        : Optional.empty();
  }
}
