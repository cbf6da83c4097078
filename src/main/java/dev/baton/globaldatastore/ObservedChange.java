package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import java.util.List;

/**
 * A Region shows these Global datastores otherwise than before. Published after what was observed
 * is committed.
 */
public record ObservedChange(
    AccountId accountId, Region region, List<GlobalDatastoreId> globalDatastoreIds) {}
