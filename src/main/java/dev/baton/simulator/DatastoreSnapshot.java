package dev.baton.simulator;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A Global datastore at an instant.
 *
 * @param datastore status and roles as a describe would show them
 * @param effectivePromotions accepted failover calls whose target was not the primary and that were
 *     not planned to come to nothing
 */
public record DatastoreSnapshot(
    @JsonUnwrapped SimulatedDatastore datastore, int effectivePromotions) {}
