package dev.baton.evacuation;

import dev.baton.failover.process.FailoverStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many members stand where.
 *
 * @param counts by {@link EvacuationMember#status}; none is 0
 * @param lastEndAt when the last failover ended
 */
record Tally(Map<String, Integer> counts, Optional<Instant> lastEndAt) {

  static Tally sum(List<Tally> some) {
    var counts = new TreeMap<String, Integer>();
    some.forEach(tally ->
        tally.counts().forEach((status, count) -> counts.merge(status, count, Integer::sum)));
    return new Tally(
        counts,
        some.stream().flatMap(tally -> tally.lastEndAt().stream()).max(Comparator.naturalOrder()));
  }

  private int count(FailoverStatus... statuses) {
    int sum = 0;
    for (var status : statuses) {
      sum += counts.getOrDefault(status.name(), 0);
    }
    return sum;
  }

  int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  int notStarted() {
    return counts.getOrDefault(EvacuationMember.NOT_STARTED, 0);
  }

  /** Those that have a failover for which AWS has not been called. */
  int unsent() {
    return count(
        FailoverStatus.AWAITING_APPROVAL, FailoverStatus.SCHEDULED, FailoverStatus.PENDING);
  }

  int succeeded() {
    return count(FailoverStatus.SUCCEEDED);
  }

  int failed() {
    return count(FailoverStatus.FAILED, FailoverStatus.DENIED, FailoverStatus.EXPIRED)
        + counts.getOrDefault(EvacuationMember.Outcome.TURNED_AWAY.name(), 0);
  }

  int cancelled() {
    return counts.getOrDefault(FailoverStatus.CANCELLED.name(), 0);
  }

  int leftOut() {
    return counts.getOrDefault(EvacuationMember.Outcome.LEFT_OUT.name(), 0);
  }

  /** Those that have a failover that is not over. */
  int underWay() {
    return total() - notStarted() - succeeded() - failed() - cancelled() - leftOut();
  }

  boolean isOver() {
    return notStarted() == 0 && underWay() == 0;
  }

  boolean hasBegun() {
    return notStarted() < total();
  }
}
