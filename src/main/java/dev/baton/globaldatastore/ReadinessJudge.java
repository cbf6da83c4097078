package dev.baton.globaldatastore;

import static java.util.stream.Collectors.groupingBy;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Judges readiness by what is known in the database: no AWS is asked, so it may be done anywhere.
 */
@Component
public class ReadinessJudge {
  private final Observations observations;
  private final SurveyTable surveys;
  private final LastFailovers failovers;
  private final InstantSource clock;
  private final ReadinessRules rules;

  /** How long what a survey said is gone by: one may fail, and the next be slow. */
  private final Duration surveyKept;

  ReadinessJudge(
      Observations observations,
      SurveyTable surveys,
      LastFailovers failovers,
      ObserverProperties observer,
      ReadinessProperties properties,
      InstantSource clock) {
    this.observations = observations;
    this.surveys = surveys;
    this.failovers = failovers;
    this.clock = clock;
    this.rules = new ReadinessRules(properties.mostLag(), observer.silence());
    this.surveyKept = properties.surveyEvery().multipliedBy(2).plus(observer.silence());
  }

  /** The target of a failover that could be. */
  public record Target(GlobalDatastoreId datastore, Region region) {}

  /**
   * What was judged.
   *
   * @param unasked the Regions of targets that no survey has asked for yet
   */
  public record Judged(Map<Target, Readiness> readiness, Set<Region> unasked, Instant at) {}

  /**
   * How fit the member in this Region is to become primary; empty where nothing is known of the
   * Global datastore.
   *
   * @param lag how far it is behind
   * @param seen what AWS has shown just now, which need not be stored yet
   * @param besides failovers that are left out of account: the one for which this is asked
   */
  public Optional<Readiness> judge(
      AccountId accountId,
      GlobalDatastoreId id,
      Region target,
      ReplicationLag lag,
      List<Observation> seen,
      Set<UUID> besides) {
    var views = youngest(Stream.concat(seen.stream(), observations.latest(accountId, id).stream()));
    if (views.isEmpty()) {
      return Optional.empty();
    }
    var known = surveys.of(accountId, members(views));
    var last = Optional.ofNullable(failovers.of(accountId, List.of(id), besides).get(id));
    var now = clock.instant();
    return Optional.of(
        rules.judge(new ReadinessFacts(target, views, lag, groups(views, known, now), last, now)));
  }

  /** All targets of these Global datastores, with as many statements as for one. */
  public Judged judge(AccountId accountId, Collection<GlobalDatastoreId> datastores) {
    var now = clock.instant();
    var byDatastore =
        observations.latest(accountId, datastores).stream()
            .collect(groupingBy(view -> view.datastore().id()));
    var known =
        surveys.of(
            accountId, members(byDatastore.values().stream().flatMap(List::stream).toList()));
    var last = failovers.of(accountId, byDatastore.keySet(), Set.of());
    var judged = new LinkedHashMap<Target, Readiness>();
    byDatastore.forEach((id, views) -> {
      for (var target : targets(views)) {
        judged.put(
            new Target(id, target.region()),
            rules.judge(
                new ReadinessFacts(
                    target.region(),
                    views,
                    lag(target, known, now),
                    groups(views, known, now),
                    Optional.ofNullable(last.get(id)),
                    now)));
      }
    });
    return new Judged(judged, unasked(byDatastore.values(), known), now);
  }

  /** The members that could become primary: all but the primary, if there is a single one. */
  static List<Member> targets(List<Observation> views) {
    var seen =
        views.stream().max(Comparator.comparing(Observation::beganAt)).orElseThrow().datastore();
    var primary = seen.primary();
    return seen.members().stream().filter(member -> !primary.equals(Optional.of(member))).toList();
  }

  private ReplicationLag lag(Member target, SurveyTable.Kept known, Instant now) {
    var survey = known.lags(target.region());
    return survey
        .of(target.replicationGroupId(), surveyKept, now)
        .orElseGet(() ->
            new ReplicationLag.Unknown(
                survey
                    .failure()
                    .map("CloudWatch can't be read: "::concat)
                    .orElse("CloudWatch was not asked for it lately")));
  }

  private Map<Region, ReplicationGroup> groups(
      List<Observation> views, SurveyTable.Kept known, Instant now) {
    var groups = new HashMap<Region, ReplicationGroup>();
    for (var view : views) {
      for (var member : view.datastore().members()) {
        known
            .groups(member.region())
            .of(member.replicationGroupId(), surveyKept, now)
            .ifPresent(group -> groups.put(member.region(), group));
      }
    }
    return groups;
  }

  private static Set<Region> unasked(
      Collection<List<Observation>> datastores, SurveyTable.Kept known) {
    return datastores.stream()
        .flatMap(views -> targets(views).stream())
        .filter(Member::isSecondary)
        .filter(target -> isUnasked(target, known.lags(target.region())))
        .map(Member::region)
        .collect(Collectors.toSet());
  }

  /** Whoever is asked for gets an entry, so that what can't be read isn't asked for more often. */
  private static boolean isUnasked(Member target, Survey<ReplicationLag> survey) {
    return survey.failure().isEmpty() && !survey.answer().containsKey(target.replicationGroupId());
  }

  private static Set<ReplicationGroupId> members(List<Observation> views) {
    return views.stream()
        .flatMap(view -> view.datastore().members().stream())
        .map(Member::replicationGroupId)
        .collect(Collectors.toSet());
  }

  /** One view of each Region. */
  private static List<Observation> youngest(Stream<Observation> views) {
    return List.copyOf(
        views
            .collect(
                Collectors.toMap(
                    Observation::region,
                    Function.identity(),
                    (one, other) -> one.beganAt().isBefore(other.beganAt()) ? other : one))
            .values());
  }
}
