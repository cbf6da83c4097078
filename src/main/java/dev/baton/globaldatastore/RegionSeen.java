package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import java.util.List;

/**
 * A Region has shown these Global datastores, whether or not otherwise than before. Published after
 * what was observed is committed, and again with every look: whoever misses one gets the next.
 */
public record RegionSeen(AccountId accountId, Region region, List<GlobalDatastore> shown) {}
