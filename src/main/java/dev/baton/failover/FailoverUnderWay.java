package dev.baton.failover;

import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.failover.process.FailoverStatus;
import java.time.Instant;

/** A failover that is under way, and since when AWS is worth looking at. */
record FailoverUnderWay(
    GlobalDatastoreId globalDatastoreId, Instant since, FailoverStatus status, FailoverMode mode) {

  /** Whether AWS is promoting, which takes about as long as it did before. */
  boolean isPromotion() {
    return status == FailoverStatus.PROMOTING && mode != FailoverMode.DETACH;
  }
}
