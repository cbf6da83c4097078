package dev.baton.failover;

import dev.baton.core.GlobalDatastoreId;
import java.time.Instant;

/** When a Global datastore was promoted last. */
record LastPromotion(GlobalDatastoreId globalDatastoreId, Instant at) {}
