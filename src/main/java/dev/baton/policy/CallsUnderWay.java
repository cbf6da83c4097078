package dev.baton.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which failovers AWS has been called for, or may have been, and that are not over. */
public interface CallsUnderWay {

  /** Read in the transaction that sets a hold: none is committed between the two. */
  List<Call> unfinished();

  /** Has it written down with the failover that a hold came too late for it, so that it goes on. */
  void cameTooLate(Call call, StandingHold hold);

  /** A failover that no hold stops any more. */
  @Schema(name = "CallUnderWay")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Call(
      UUID failoverId,
      String status,
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      Optional<Region> sourceRegion,
      Region targetRegion) {

    public boolean isWithin(HoldScope scope) {
      return scope.concerns(accountId, globalReplicationGroupId, sourceRegion, targetRegion);
    }
  }
}
