package dev.baton.failover;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.globaldatastore.Endpoint;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/** Where writes go from now on. */
@Schema(name = "NewPrimary")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record NewPrimary(
    Region region, ReplicationGroupId replicationGroupId, Optional<Endpoint> endpoint) {

  /** Empty unless the failover has succeeded. */
  static Optional<NewPrimary> of(Failover failover) {
    return failover.status() == FailoverStatus.SUCCEEDED
        ? Optional.of(
            new NewPrimary(
                failover.targetRegion(),
                failover.targetReplicationGroupId(),
                failover.newPrimaryEndpoint()))
        : Optional.empty();
  }
}
