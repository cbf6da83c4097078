package dev.baton.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A hold that was set and has not been ended. It is judged as a rule of a policy of Baton's own.
 *
 * @param setBy who set it
 * @param expiresAt from when on it holds nothing back any more
 */
public record StandingHold(
    UUID id,
    HoldScope scope,
    String reason,
    String setBy,
    Instant setAt,
    Optional<Instant> expiresAt) {
  /** The name of the document that has a rule for each hold. */
  public static final String POLICY = "holds";

  /** The holds as a document: what is held back is refused like anything else. */
  public static PolicyDocument document(List<StandingHold> holds) {
    return new PolicyDocument(
        POLICY,
        1,
        Optional.of("What people hold back"),
        Match.EVERYTHING,
        holds.stream()
            .map(hold ->
                new Rule(
                    hold.id().toString(),
                    Match.EVERYTHING.within(hold.scope()),
                    true,
                    Enforcement.ENFORCE,
                    new Released(hold)))
            .toList());
  }
}
