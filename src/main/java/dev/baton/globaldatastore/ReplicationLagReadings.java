package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.util.Map;
import java.util.Set;

/** The lags that AWS has measured in one Region. */
public interface ReplicationLagReadings {

  /**
   * The newest measurement of each of these secondaries, in as few questions as possible; of each
   * one there is an answer, and be it that it is unknown.
   */
  Reading<Map<ReplicationGroupId, ReplicationLag>> newest(
      AccountId accountId, Region region, Set<ReplicationGroupId> secondaries);
}
