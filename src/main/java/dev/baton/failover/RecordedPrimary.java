package dev.baton.failover;

import dev.baton.core.Region;
import java.time.Instant;

/**
 * Where a primary is.
 *
 * @param since when the first describe began that showed it there
 */
record RecordedPrimary(Region region, Instant since) {}
