package dev.baton.failover.process;

import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.ReplicationGroup;
import java.util.Optional;

/**
 * All that is known of a Global datastore when a failover is judged.
 *
 * @param target how the target's replication group stands by itself, if that was asked just now
 */
public record Known(Facts facts, OtherRegions others, Optional<Reading<ReplicationGroup>> target) {

  public Known(Facts facts, OtherRegions others) {
    this(facts, others, Optional.empty());
  }

  /**
   * Where AWS shows the primary, if that is not where the failover would lead away from: what was
   * decided about the one says nothing of the other.
   */
  public Optional<Member> movedSource(FailoverSnapshot failover) {
    return shown()
        .flatMap(GlobalDatastore::primary)
        .filter(primary -> !primary.region().equals(failover.targetRegion()))
        .filter(primary -> !failover.sourceRegion().equals(Optional.of(primary.region())));
  }

  private Optional<GlobalDatastore> shown() {
    return switch (facts) {
      case Facts.Shown(var seen) -> Optional.of(seen.datastore());
      case Facts.ShownElsewhere(var seen) -> Optional.of(seen.datastore());
      case Facts.Gone _, Facts.Unseen _ -> Optional.empty();
    };
  }

  public Known with(Facts changed) {
    return new Known(changed, others, target);
  }

  public Known with(OtherRegions changed) {
    return new Known(facts, changed, target);
  }

  public Known with(Reading<ReplicationGroup> read) {
    return new Known(facts, others, Optional.of(read));
  }

  /** With those still silent that were silent before: they aren't asked twice in one go. */
  public Known keeping(Known before) {
    var kept = others;
    for (var region : before.others().silent()) {
      kept = kept.withSilence(region);
    }
    return with(kept);
  }
}
