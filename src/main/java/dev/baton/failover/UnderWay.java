package dev.baton.failover;

import dev.baton.core.GlobalDatastoreId;
import java.time.Instant;

/** A Global datastore on which a failover is under way, and since when AWS is worth looking at. */
record UnderWay(GlobalDatastoreId globalDatastoreId, Instant since) {}
