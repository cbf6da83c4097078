package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Where is kept what Regions were asked for seldom, for all instances. */
interface SurveyTable {

  /** What all Regions of an account know. */
  record Kept(
      Map<Region, Survey<ReplicationGroup>> groups, Map<Region, Survey<ReplicationLag>> lags) {

    Survey<ReplicationGroup> groups(Region region) {
      return groups.getOrDefault(region, Survey.none(region));
    }

    Survey<ReplicationLag> lags(Region region) {
      return lags.getOrDefault(region, Survey.none(region));
    }
  }

  /**
   * Takes on to ask, for all instances.
   *
   * @param notAfter when somebody asked after that, nobody needs to
   * @return whether to ask
   */
  boolean claim(Place place, SurveySubject subject, Instant now, Instant notAfter);

  void keepGroups(Place place, Instant readAt, Map<ReplicationGroupId, ReplicationGroup> answer);

  void keepLags(Place place, Instant readAt, Map<ReplicationGroupId, ReplicationLag> answer);

  /** There was no answer; the last one stays. */
  void keepFailure(Place place, SurveySubject subject, String why);

  /** What is kept of these replication groups, wherever they are. */
  Kept of(AccountId accountId, Set<ReplicationGroupId> groups);
}
