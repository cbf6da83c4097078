package dev.baton.failover.comparison;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.failover.comparison.Difference.DatastoreGone;
import dev.baton.failover.comparison.Difference.FailoverUnfinished;
import dev.baton.failover.comparison.Difference.PromotionWithoutEntry;
import dev.baton.failover.comparison.Difference.Shows;
import dev.baton.failover.comparison.Recorded.Primary;
import dev.baton.failover.comparison.Recorded.Unfinished;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what AWS shows otherwise than it was recorded. A pure function. */
public record Differences(Recorded recorded, List<View> views) {
  /** Of a failover that was not sent, these tell that there is more to it. */
  private static final Set<Shows> UNEXPECTED =
      EnumSet.of(Shows.TARGET_IS_PRIMARY, Shows.TARGET_IS_NO_MEMBER, Shows.NO_SUCH_DATASTORE);

  public Differences {
    views = List.copyOf(views);
  }

  public List<Difference> all() {
    return Stream.concat(
            recorded.primaries().stream().flatMap(known -> of(known).stream()),
            recorded.unfinished().stream().flatMap(failover -> of(failover).stream()))
        .toList();
  }

  private Optional<Difference> of(Primary known) {
    var shown =
        shown(known.accountId())
            .filter(view -> view.datastore(known.globalReplicationGroupId()).isPresent())
            .toList();
    if (shown.isEmpty()) {
      return isAllRead(known.accountId())
          ? Optional.of(
              new DatastoreGone(
                  known.accountId(), known.globalReplicationGroupId(), known.region()))
          : Optional.empty();
    }
    // Whoever has the primary knows best. One that lags behind may be wrong, which is better told
    // than that somebody's move is missed.
    return shown.stream()
        .filter(view -> isElsewhere(view, known))
        .min(Comparator.comparing(view -> !isOwn(view, known.globalReplicationGroupId())))
        .map(view ->
            new PromotionWithoutEntry(
                known.accountId(),
                known.globalReplicationGroupId(),
                known.region(),
                known.since(),
                primary(view, known.globalReplicationGroupId()).orElseThrow(),
                view.region()));
  }

  private static boolean isElsewhere(View.Shown view, Primary known) {
    return primary(view, known.globalReplicationGroupId())
        .filter(region -> !region.equals(known.region()))
        .isPresent();
  }

  private Stream<View.Shown> shown(AccountId accountId) {
    return views.stream()
        .filter(view -> view.accountId().equals(accountId))
        .flatMap(view -> view instanceof View.Shown shown ? Stream.of(shown) : Stream.empty());
  }

  private boolean isAllRead(AccountId accountId) {
    return views.stream()
        .filter(view -> view.accountId().equals(accountId))
        .allMatch(View.Shown.class::isInstance);
  }

  private static Optional<Region> primary(View.Shown view, GlobalDatastoreId id) {
    return view.datastore(id)
        .filter(GlobalDatastore::isSettled)
        .flatMap(GlobalDatastore::primary)
        .map(Member::region);
  }

  private static boolean isOwn(View.Shown view, GlobalDatastoreId id) {
    return primary(view, id).filter(view.region()::equals).isPresent();
  }

  private Optional<Difference> of(Unfinished failover) {
    var shows = shows(failover);
    return failover.isCalledFor() || UNEXPECTED.contains(shows)
        ? Optional.of(
            new FailoverUnfinished(
                failover.failoverId(),
                failover.status(),
                failover.isCalledFor(),
                failover.accountId(),
                failover.globalReplicationGroupId(),
                failover.targetRegion(),
                shows))
        : Optional.empty();
  }

  private Shows shows(Unfinished failover) {
    return shown(failover.accountId())
        .filter(view -> view.region().equals(failover.targetRegion()))
        .findFirst()
        .map(view ->
            view.datastore(failover.globalReplicationGroupId())
                .map(datastore -> shows(failover, datastore))
                .orElse(Shows.NO_SUCH_DATASTORE))
        .orElse(Shows.NOT_READ);
  }

  private static Shows shows(Unfinished failover, GlobalDatastore datastore) {
    var target =
        datastore.members().stream()
            .filter(member -> member.region().equals(failover.targetRegion()))
            .filter(
                member -> member.replicationGroupId().equals(failover.targetReplicationGroupId()))
            .findFirst();
    if (target.isEmpty()) {
      return Shows.TARGET_IS_NO_MEMBER;
    }
    if (!datastore.isSettled()) {
      return Shows.IN_MOTION;
    }
    return target.get().isPrimary() ? Shows.TARGET_IS_PRIMARY : Shows.TARGET_IS_SECONDARY;
  }
}
