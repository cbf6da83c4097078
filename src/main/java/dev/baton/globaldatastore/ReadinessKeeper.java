package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.ReadinessJudge.Judged;
import dev.baton.globaldatastore.ReadinessJudge.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Judges targets again whenever their Regions are looked at, and keeps what came of it. A look that
 * gets no answer counts too: it is how a Region becomes silent.
 */
@Component
class ReadinessKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(ReadinessKeeper.class);

  private final ReadinessJudge judge;
  private final ReadinessTable table;
  private final Observations observations;
  private final Surveys surveys;
  private final ReadinessProperties properties;
  private final InstantSource clock;
  private final Duration pause;
  private final Lock judging = new ReentrantLock();
  private final Map<Place, Instant> listJudgedAt = new ConcurrentHashMap<>();

  /** Of each Global datastore that was not seen to change since, and not before the last pause. */
  private final Map<Observations.Key, Instant> judgedAt = new ConcurrentHashMap<>();

  /** Where there are targets that no survey has asked for yet. */
  private final Set<Place> unasked = ConcurrentHashMap.newKeySet();

  ReadinessKeeper(
      ReadinessJudge judge,
      ReadinessTable table,
      Observations observations,
      Surveys surveys,
      ReadinessProperties properties,
      ObserverProperties observer,
      InstantSource clock) {
    this.judge = judge;
    this.table = table;
    this.observations = observations;
    this.surveys = surveys;
    this.properties = properties;
    this.clock = clock;
    // Half of it: two looks that follow one another are never quite so far apart.
    this.pause = observer.idle().dividedBy(2);
  }

  /** What fails here is done at the next look. */
  @EventListener
  void look(RegionLook look) {
    try {
      judgeAfter(look);
      if (look.hasAnswered()) {
        surveys
            .due(look.place(), unasked.contains(look.place()), this::judgeSurveyed)
            // It computes for long, and a virtual thread would have one of few carriers all along.
            .ifPresent(survey -> Thread.ofPlatform().daemon().name("survey").start(survey));
      }
    } catch (DataAccessException failure) {
      LOG.warn("Readiness of targets in {} can't be judged", look.place().region(), failure);
    }
  }

  /** Told after the commit, and judging reads after it has said when: no change falls between. */
  @EventListener
  void change(ObservedChange change) {
    change
        .globalDatastoreIds()
        .forEach(id -> judgedAt.remove(new Observations.Key(change.accountId(), id)));
  }

  /** While a Region is looked at often, most of its targets are as they were a second ago. */
  private void judgeAfter(RegionLook look) {
    var place = look.place();
    if (listJudgedAt.getOrDefault(place, Instant.MIN).isAfter(clock.instant().minus(pause))) {
      judge(place.accountId(), look.wanted());
    } else {
      judgeListed(place);
    }
  }

  /** Each Region of a Global datastore shows it, and one of them is enough for judging it. */
  private void judgeListed(Place place) {
    listJudgedAt.put(place, clock.instant());
    judgeAll(place, key -> !judgedAt.containsKey(key));
  }

  /** Whatever was judged before: it is another answer. */
  private void judgeSurveyed(Place place) {
    unasked.remove(place);
    judgeAll(place, _ -> true);
  }

  /** One Region after the other: two at once would take all there is of a small machine. */
  private void judgeAll(Place place, Predicate<Observations.Key> isWanted) {
    judging.lock();
    try {
      var now = clock.instant();
      judgedAt.values().removeIf(at -> !at.isAfter(now.minus(pause)));
      var accountId = place.accountId();
      var wanted =
          observations.shown(accountId, place.region()).stream()
              .map(id -> new Observations.Key(accountId, id))
              .filter(isWanted)
              .toList();
      wanted.forEach(key -> judgedAt.put(key, now));
      try {
        judge(accountId, wanted.stream().map(Observations.Key::id).collect(Collectors.toSet()));
        table.removeGone(accountId);
      } catch (DataAccessException failure) {
        wanted.forEach(judgedAt::remove);
        throw failure;
      }
    } finally {
      judging.unlock();
    }
  }

  private void judge(AccountId accountId, Set<GlobalDatastoreId> datastores) {
    if (!datastores.isEmpty()) {
      var judged = judge.judge(accountId, datastores);
      judged.unasked().forEach(region -> unasked.add(new Place(accountId, region)));
      keep(accountId, datastores, judged);
    }
  }

  /** All targets of a Global datastore, judged now. */
  Map<Target, KeptReadiness> judged(AccountId accountId, GlobalDatastoreId id) {
    var ids = Set.of(id);
    return keep(accountId, ids, judge.judge(accountId, ids));
  }

  /** The primary, judged now as if it were a target: nothing is kept of it. */
  Optional<KeptReadiness> primaryJudged(AccountId accountId, GlobalDatastoreId id, Region region) {
    var lag = new ReplicationLag.Unknown("it is the primary");
    return judge
        .judge(accountId, id, region, lag, List.of(), Set.of())
        .map(readiness -> KeptReadiness.first(new Target(id, region), readiness, clock.instant()));
  }

  /** Writes what has changed, and what would become too old; what is good stays untouched. */
  private Map<Target, KeptReadiness> keep(
      AccountId accountId, Set<GlobalDatastoreId> datastores, Judged judged) {
    var before = table.of(accountId, datastores);
    var after = new HashMap<Target, KeptReadiness>();
    var changed = new ArrayList<KeptReadiness>();
    judged
        .readiness()
        .forEach((target, readiness) -> {
          var known = Optional.ofNullable(before.get(target));
          var good = known.filter(it -> it.isGoodFor(readiness, properties.keptFor(), judged.at()));
          var kept =
              good.or(() -> known.map(it -> it.judgedAgain(readiness, judged.at())))
                  .orElseGet(() -> KeptReadiness.first(target, readiness, judged.at()));
          after.put(target, kept);
          if (good.isEmpty()) {
            changed.add(kept);
          }
        });
    if (!changed.isEmpty()) {
      table.keep(accountId, changed);
    }
    var gone = before.keySet().stream().filter(target -> !after.containsKey(target)).toList();
    if (!gone.isEmpty()) {
      table.remove(accountId, gone);
    }
    return after;
  }
}
