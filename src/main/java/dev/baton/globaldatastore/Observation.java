package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import java.time.Instant;

/**
 * What one Region's endpoint showed of a Global datastore.
 *
 * @param region the Region whose endpoint showed it
 * @param beganAt when the describe began: what it shows was true then or later
 * @param since when the first of the describes began that have shown the same status, roles and
 *     members' statuses without a break
 */
public record Observation(
    AccountId accountId,
    Region region,
    GlobalDatastore datastore,
    Instant beganAt,
    Instant since) {}
