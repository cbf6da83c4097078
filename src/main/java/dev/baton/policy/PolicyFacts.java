package dev.baton.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * What the rules look at besides the request.
 *
 * @param now the time of the evaluation
 * @param lastPromotionAt when a promotion of this datastore last ended; empty if none is known
 */
public record PolicyFacts(Instant now, Optional<Instant> lastPromotionAt) {}
