package dev.baton.evacuation;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.Region;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked for.
 *
 * @param fromRegion the Region that is to be left
 * @param toRegions where to; for each Global datastore the first in which it has a member
 * @param canary so many go first, and all must have succeeded before another starts; 0 for none
 * @param waveSize so many go together, and must be over before the next do
 * @param maxConcurrent so many are under way at once, one starting when another is over
 * @param pauseBetweenWaves how long to wait after a wave
 * @param stopAfterFailures it pauses when so many have failed
 * @param overrides the rules and holds that are to be set aside
 */
record EvacuationTerms(
    Region fromRegion,
    List<Region> toRegions,
    Selector selector,
    FailoverMode mode,
    boolean acceptDataLoss,
    int canary,
    Optional<Integer> waveSize,
    Optional<Integer> maxConcurrent,
    Duration pauseBetweenWaves,
    Optional<Integer> stopAfterFailures,
    String reason,
    Optional<String> reference,
    Set<String> overrides) {

  EvacuationTerms {
    toRegions = List.copyOf(toRegions);
    overrides = Set.copyOf(overrides);
  }

  /**
   * Which Global datastores are meant, of those whose primary is in the Region.
   *
   * @param all whether all of them
   * @param globalReplicationGroupIds otherwise those whose id is like one of these
   * @param accountIds only in these accounts; all that are served if there are none
   */
  record Selector(boolean all, List<String> globalReplicationGroupIds, List<AccountId> accountIds) {
    Selector {
      globalReplicationGroupIds = List.copyOf(globalReplicationGroupIds);
      accountIds = List.copyOf(accountIds);
    }
  }
}
