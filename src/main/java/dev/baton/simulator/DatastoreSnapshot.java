package dev.baton.simulator;

/**
 * A Global datastore at an instant.
 *
 * @param datastore status and roles as a describe would show them
 * @param effectivePromotions accepted failover calls whose target was not the primary and that were
 *     not planned to come to nothing
 */
public record DatastoreSnapshot(SimulatedDatastore datastore, int effectivePromotions) {}
