package dev.baton.policy.hold;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.Actor;
import dev.baton.policy.CallsUnderWay;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A hold as the API shows it. */
@Schema(name = "Hold")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record HoldView(
    UUID id,
    Status status,
    ScopeView scope,
    String reason,
    Actor setBy,
    Instant setAt,
    Optional<Instant> expiresAt,
    Optional<Actor> endedBy,
    Optional<Instant> endedAt,
    Optional<String> endComment,
    Optional<List<CallsUnderWay.Call>> underWay) {

  /** Whether it holds anything back. */
  enum Status {
    ACTIVE,
    EXPIRED,
    ENDED
  }

  static HoldView of(Hold hold, Instant now) {
    return of(hold, Optional.empty(), now);
  }

  static HoldView of(HoldDesk.SetHold set, Instant now) {
    return of(set.hold(), Optional.of(set.underWay()), now);
  }

  private static HoldView of(Hold hold, Optional<List<CallsUnderWay.Call>> underWay, Instant now) {
    return new HoldView(
        hold.id(),
        status(hold, now),
        ScopeView.of(hold.scope()),
        hold.reason(),
        hold.setBy(),
        hold.setAt(),
        hold.expiresAt(),
        hold.end().map(Hold.End::by),
        hold.end().map(Hold.End::at),
        hold.end().map(Hold.End::comment),
        underWay);
  }

  private static Status status(Hold hold, Instant now) {
    return hold.end().isPresent()
        ? Status.ENDED
        : hold.isExpired(now) ? Status.EXPIRED : Status.ACTIVE;
  }
}
