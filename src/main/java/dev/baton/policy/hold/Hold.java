package dev.baton.policy.hold;

import dev.baton.core.Actor;
import dev.baton.policy.HoldScope;
import dev.baton.policy.StandingHold;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A hold. It is never deleted: it ends.
 *
 * @param expiresAt from when on it holds nothing back any more
 * @param end how somebody ended it, if they did
 */
public record Hold(
    UUID id,
    HoldScope scope,
    String reason,
    Actor setBy,
    Instant setAt,
    Optional<Instant> expiresAt,
    Optional<End> end) {

  /** How a hold was ended. */
  record End(Actor by, Instant at, String comment) {}

  /** As policy judges it. */
  public StandingHold standing() {
    return new StandingHold(id, scope, reason, setBy.subject(), setAt, expiresAt);
  }

  boolean isExpired(Instant now) {
    return expiresAt.filter(at -> !now.isBefore(at)).isPresent();
  }

  Hold ended(End how) {
    return new Hold(id, scope, reason, setBy, setAt, expiresAt, Optional.of(how));
  }
}
