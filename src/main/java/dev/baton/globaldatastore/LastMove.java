package dev.baton.globaldatastore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.baton.core.Region;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How the primary came to where it is.
 *
 * @param observedAt when the first describe began that showed it there
 * @param recordedAt when Baton recorded that it is there
 * @param failoverId the failover that moved it; empty if it was moved without Baton
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LastMove(
    Region from, Region to, Instant observedAt, Instant recordedAt, Optional<UUID> failoverId) {}
