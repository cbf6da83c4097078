package dev.baton.globaldatastore;

import static java.util.stream.Collectors.toMap;

import dev.baton.core.ReplicationGroupId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Has Regions asked now and then for all their replication groups and the lag of all their
 * secondaries: by one instance for all, and apart from the looks, because neither is worth one that
 * comes late.
 */
@Component
class Surveys {
  private static final Logger LOG = LoggerFactory.getLogger(Surveys.class);

  /** So much sooner they are asked where there is something that nobody has asked for yet. */
  private static final int SOONER = 5;

  private final ReplicationGroups groups;
  private final ReplicationLagReadings lags;
  private final Observations observations;
  private final SurveyTable table;
  private final ReadinessProperties properties;
  private final InstantSource clock;
  private final Map<Place, Instant> lookedAt = new ConcurrentHashMap<>();
  private final Set<Place> underWay = ConcurrentHashMap.newKeySet();

  Surveys(
      ReplicationGroups groups,
      ReplicationLagReadings lags,
      Observations observations,
      SurveyTable table,
      ReadinessProperties properties,
      InstantSource clock) {
    this.groups = groups;
    this.lags = lags;
    this.observations = observations;
    this.table = table;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * What is to be done by a thread of its own, if it is time to ask the Region.
   *
   * @param isIncomplete whether there is something that nobody has asked for yet
   * @param whenKept told once what was answered can be read
   */
  Optional<Runnable> due(Place place, boolean isIncomplete, Consumer<Place> whenKept) {
    var now = clock.instant();
    var pause =
        isIncomplete ? properties.surveyEvery().dividedBy(SOONER) : properties.surveyEvery();
    var earliest = lookedAt.getOrDefault(place, Instant.MIN);
    if (earliest.isAfter(now.minus(pause)) || !underWay.add(place)) {
      return Optional.empty();
    }
    return Optional.of(() -> survey(place, now, pause, whenKept));
  }

  private void survey(Place place, Instant now, Duration pause, Consumer<Place> whenKept) {
    try {
      lookedAt.put(place, now);
      var before = now.minus(pause);
      var hasGroups = table.claim(place, SurveySubject.GROUPS, now, before) && askForGroups(place);
      var hasLags = table.claim(place, SurveySubject.LAGS, now, before) && askForLags(place);
      if (hasGroups || hasLags) {
        whenKept.accept(place);
      }
    } catch (RuntimeException failure) {
      LOG.warn("{} of account {} can't be surveyed", place.region(), place.accountId(), failure);
    } finally {
      underWay.remove(place);
    }
  }

  private boolean askForGroups(Place place) {
    return switch (groups.describeGroups(place.accountId(), place.region())) {
      case Reading.Seen<List<ReplicationGroup>>(var shown, var beganAt) -> {
        table.keepGroups(
            place,
            beganAt,
            shown.stream()
                .filter(group -> group.globalDatastore().isPresent())
                .collect(toMap(ReplicationGroup::id, group -> group, (one, _) -> one)));
        yield true;
      }
      case Reading.NotFound<List<ReplicationGroup>> _ -> false;
      case Reading.NotRead<List<ReplicationGroup>> failure ->
          failed(place, SurveySubject.GROUPS, failure);
    };
  }

  private boolean askForLags(Place place) {
    var secondaries = observations.secondaries(place.accountId(), place.region());
    return switch (lags.newest(place.accountId(), place.region(), secondaries)) {
      case Reading.Seen<Map<ReplicationGroupId, ReplicationLag>>(var shown, var beganAt) -> {
        table.keepLags(place, beganAt, shown);
        yield true;
      }
      case Reading.NotFound<Map<ReplicationGroupId, ReplicationLag>> _ -> false;
      case Reading.NotRead<Map<ReplicationGroupId, ReplicationLag>> failure ->
          failed(place, SurveySubject.LAGS, failure);
    };
  }

  private boolean failed(Place place, SurveySubject subject, Reading.NotRead<?> failure) {
    LOG.warn(
        "{} of {} of account {} can't be read: {} ({}): {}",
        subject,
        place.region(),
        place.accountId(),
        failure.reason(),
        failure.code(),
        failure.message());
    table.keepFailure(place, subject, "%s: %s".formatted(failure.code(), failure.message()));
    return true;
  }
}
