package dev.baton.failover.comparison;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the database says at a start, before anything is done. */
public record Recorded(List<Primary> primaries, List<Unfinished> unfinished) {

  public Recorded {
    primaries = List.copyOf(primaries);
    unfinished = List.copyOf(unfinished);
  }

  /**
   * Where a primary was, as far as Baton knows.
   *
   * @param since when it was first seen there
   */
  public record Primary(
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      Region region,
      Instant since) {}

  /**
   * A failover that has no end.
   *
   * @param isCalledFor whether AWS has been called for it, or may have been
   */
  public record Unfinished(
      UUID failoverId,
      String status,
      boolean isCalledFor,
      AccountId accountId,
      GlobalDatastoreId globalReplicationGroupId,
      Region targetRegion,
      ReplicationGroupId targetReplicationGroupId) {}
}
