package dev.baton.policy.hold;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.policy.HoldScope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/** A scope as the API shows it: one of the four. */
@Schema(name = "HoldScope")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ScopeView(
    Optional<Boolean> all,
    Optional<String> accountId,
    Optional<String> region,
    Optional<String> globalReplicationGroupId) {

  static ScopeView of(HoldScope scope) {
    return new ScopeView(
        scope instanceof HoldScope.All ? Optional.of(true) : Optional.empty(),
        scope instanceof HoldScope.OfAccount(var accountId)
            ? Optional.of(accountId.value())
            : Optional.empty(),
        scope instanceof HoldScope.OfRegion(var region)
            ? Optional.of(region.name())
            : Optional.empty(),
        scope instanceof HoldScope.OfGlobalDatastores(var pattern)
            ? Optional.of(pattern)
            : Optional.empty());
  }
}
