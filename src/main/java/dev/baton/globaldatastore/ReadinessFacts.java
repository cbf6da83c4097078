package dev.baton.globaldatastore;

import dev.baton.core.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the readiness of a member is judged by.
 *
 * @param target the Region of the member that may become primary
 * @param views what each Region showed last of the Global datastore; at least one
 * @param lag how far the target is behind
 * @param groups how the members stand by themselves, of the Regions where that is known
 * @param lastFailover the last failover of the Global datastore, if it had any
 * @param now the time of the judgement
 */
record ReadinessFacts(
    Region target,
    List<Observation> views,
    ReplicationLag lag,
    Map<Region, ReplicationGroup> groups,
    Optional<LastFailover> lastFailover,
    Instant now) {

  ReadinessFacts {
    if (views.isEmpty()) {
      throw new IllegalArgumentException("nothing is known where no Region has shown anything");
    }
    views = List.copyOf(views);
    groups = Map.copyOf(groups);
  }

  Optional<Observation> viewOf(Region region) {
    return views.stream().filter(view -> view.region().equals(region)).findFirst();
  }

  /** What a Region shows, if it has answered within that time. */
  Optional<Observation> answerOf(Region region, Duration within) {
    return viewOf(region).filter(view -> !view.beganAt().plus(within).isBefore(now));
  }

  /** The target's view wins; while its Region doesn't answer, the youngest there is. */
  GlobalDatastore seen(Duration within) {
    return answerOf(target, within)
        .or(() -> views.stream().max(Comparator.comparing(Observation::beganAt)))
        .orElseThrow()
        .datastore();
  }
}
