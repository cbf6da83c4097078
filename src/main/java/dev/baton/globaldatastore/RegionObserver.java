package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.Reading.NotFound;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Looks at a Region once and stores what it shows. */
@Component
class RegionObserver {
  private static final Logger LOG = LoggerFactory.getLogger(RegionObserver.class);
  private static final int PAGE = 100;
  private static final Duration REST = Duration.ofMillis(100);

  /** In one list: a failover may be accepted meanwhile. */
  private static final Duration MOST_REST = Duration.ofSeconds(2);

  private final GlobalDatastores globalDatastores;
  private final Observations observations;
  private final ApplicationEventPublisher events;
  private final Duration listedEvery;
  private final Map<Place, Instant> listedAt = new ConcurrentHashMap<>();

  RegionObserver(
      GlobalDatastores globalDatastores,
      Observations observations,
      ApplicationEventPublisher events,
      ObserverProperties properties) {
    this.globalDatastores = globalDatastores;
    this.observations = observations;
    this.events = events;
    this.listedEvery = properties.idle();
  }

  /** Whether the Region answered. */
  boolean look(Place place, Set<GlobalDatastoreId> wanted, Instant now) {
    var hasAnswered =
        areFew(place, wanted)
            ? lookAtEach(place, wanted, now)
            : lookAtAll(place, now, wanted.isEmpty() ? rest(place) : Duration.ZERO);
    events.publishEvent(new RegionLook(place, hasAnswered, wanted));
    return hasAnswered;
  }

  /** All that the Region has, for who waits for it. */
  void lookAtAll(Place place, Instant now) {
    var hasAnswered = lookAtAll(place, now, Duration.ZERO);
    events.publishEvent(new RegionLook(place, hasAnswered, Set.of()));
  }

  /** At the rest too, now and then: it must not grow old for as long as something is under way. */
  private boolean lookAtEach(Place place, Set<GlobalDatastoreId> wanted, Instant now) {
    var hasAnswered =
        wanted.stream().allMatch(id -> lookAtOne(place.accountId(), place.region(), id));
    if (hasAnswered && isListDue(place, now)) {
      lookAtAll(place, now, Duration.ZERO);
    }
    return hasAnswered;
  }

  private boolean areFew(Place place, Set<GlobalDatastoreId> wanted) {
    return !wanted.isEmpty() && wanted.size() < pages(place);
  }

  private int pages(Place place) {
    return Math.ceilDiv(observations.count(place.accountId(), place.region()), PAGE);
  }

  /** What nobody waits for is not to make those wait who ask for something meanwhile. */
  private Duration rest(Place place) {
    var pages = pages(place);
    return pages * REST.toMillis() < MOST_REST.toMillis() ? REST : MOST_REST.dividedBy(pages);
  }

  private boolean isListDue(Place place, Instant now) {
    return listedAt.getOrDefault(place, Instant.MIN).isBefore(now.minus(listedEvery));
  }

  private boolean lookAtAll(Place place, Instant now, Duration rest) {
    var accountId = place.accountId();
    var region = place.region();
    // Also if it fails: what is urgent must not wait for it again and again.
    listedAt.put(place, now);
    return switch (globalDatastores.describeAll(accountId, region, rest)) {
      case Seen<List<GlobalDatastore>>(var shown, var beganAt) -> {
        observations.record(accountId, region, beganAt, shown);
        observations.forgetUnseen(accountId, region, beganAt);
        yield true;
      }
      case NotFound<List<GlobalDatastore>> _ -> true;
      case NotRead<List<GlobalDatastore>> failure -> logged(accountId, region, failure);
    };
  }

  private boolean lookAtOne(AccountId accountId, Region region, GlobalDatastoreId id) {
    return switch (globalDatastores.describe(accountId, region, id)) {
      case Seen<GlobalDatastore>(var shown, var beganAt) -> {
        observations.record(accountId, region, beganAt, List.of(shown));
        yield true;
      }
      case NotFound<GlobalDatastore>(var beganAt) -> {
        observations.recordGone(accountId, region, beganAt, id);
        yield true;
      }
      case NotRead<GlobalDatastore> failure -> logged(accountId, region, failure);
    };
  }

  private static boolean logged(AccountId accountId, Region region, NotRead<?> failure) {
    LOG.warn(
        "{} of account {} can't be observed: {} ({}): {}",
        region,
        accountId,
        failure.reason(),
        failure.code(),
        failure.message());
    return false;
  }
}
