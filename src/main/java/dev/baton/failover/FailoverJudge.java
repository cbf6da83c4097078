package dev.baton.failover;

import dev.baton.core.Region;
import dev.baton.failover.primary.RecordedPrimary;
import dev.baton.failover.process.Facts;
import dev.baton.failover.process.Facts.Gone;
import dev.baton.failover.process.Facts.Shown;
import dev.baton.failover.process.Facts.ShownElsewhere;
import dev.baton.failover.process.Facts.Unseen;
import dev.baton.failover.process.FailoverProcess;
import dev.baton.failover.process.FailoverProperties;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.Known;
import dev.baton.failover.process.OtherRegions;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.GlobalDatastores;
import dev.baton.globaldatastore.LastMove;
import dev.baton.globaldatastore.LastMoves;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import dev.baton.globaldatastore.Observations;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.ReplicationGroups;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Brings a failover and what is known of its Global datastore before the process. */
@Component
class FailoverJudge {
  private static final Duration UNREADABLE_PAUSE = Duration.ofSeconds(2);

  /** The target, the source, and each once more if the other took too long. */
  private static final int MOST_LOOKS = 4;

  private final FailoverRepository failovers;
  private final GlobalDatastores globalDatastores;
  private final ReplicationGroups replicationGroups;
  private final Observations observations;
  private final LastMoves moves;
  private final AwsEnvironment aws;
  private final FailoverProcess process;
  private final InstantSource clock;

  FailoverJudge(
      FailoverRepository failovers,
      GlobalDatastores globalDatastores,
      ReplicationGroups replicationGroups,
      Observations observations,
      LastMoves moves,
      AwsEnvironment aws,
      FailoverProperties limits,
      InstantSource clock) {
    this.failovers = failovers;
    this.globalDatastores = globalDatastores;
    this.replicationGroups = replicationGroups;
    this.observations = observations;
    this.moves = moves;
    this.aws = aws;
    this.process = new FailoverProcess(limits);
    this.clock = clock;
  }

  /**
   * What was decided, and on what.
   *
   * @param decision never {@link ProcessDecision.Observe}: AWS has been asked already
   */
  record Judgement(Failover failover, Known known, ProcessDecision decision) {

    /** What AWS has shown since the last call, if that is known. */
    Optional<Evidence> shown() {
      return known.facts() instanceof Shown(var seen) && failover.snapshot().isJudgedBy(seen)
          ? Optional.of(Evidence.of(seen))
          : Optional.empty();
    }

    boolean isOlderThan(Observation seen) {
      return switch (known.facts()) {
        case Shown(var judged) -> !judged.since().equals(seen.since());
        case ShownElsewhere(var judged) -> seen.beganAt().isAfter(judged.beganAt());
        case Gone(var beganAt) -> seen.beganAt().isAfter(beganAt);
        case Unseen _ -> true;
      };
    }
  }

  Judgement judge(FailoverId id) {
    var failover = failovers.findById(id.value()).orElseThrow();
    var known = stored(failover);
    for (int look = 0; look <= MOST_LOOKS; look++) {
      var decision = decide(failover, known);
      if (decision instanceof ProcessDecision.ObserveTarget) {
        known =
            known.with(
                replicationGroups.describe(
                    failover.accountId(),
                    failover.targetRegion(),
                    failover.targetReplicationGroupId()));
        continue;
      }
      if (!(decision instanceof ProcessDecision.Observe(var region))) {
        return new Judgement(failover, known, decision);
      }
      if (!region.equals(failover.targetRegion())) {
        known = withAnswerOf(region, failover, known);
        continue;
      }
      var before = known;
      switch (describe(failover, region)) {
        case Reading.Seen<GlobalDatastore> _ -> known = stored(failover).keeping(before);
        case Reading.NotFound<GlobalDatastore>(var beganAt) ->
            known = before.with(new Gone(beganAt));
        case Reading.NotRead<GlobalDatastore> failure -> {
          var elsewhere = elsewhere(failover, failure, before);
          if (elsewhere.isEmpty()) {
            return lookAgain(
                failover,
                before,
                "AWS can't be read in %s: %s: %s"
                    .formatted(region, failure.code(), failure.message()));
          }
          known = elsewhere.get();
        }
      }
    }
    return lookAgain(failover, known, "AWS answered too slowly to act on it");
  }

  private Judgement lookAgain(Failover failover, Known known, String why) {
    return new Judgement(
        failover,
        known,
        new ProcessDecision.LookAgain(clock.instant().plus(UNREADABLE_PAUSE), why));
  }

  private ProcessDecision decide(Failover failover, Known known) {
    return process.decide(failover.snapshot(), known, clock.instant());
  }

  private Known withAnswerOf(Region region, Failover failover, Known known) {
    return describe(failover, region) instanceof Reading.Seen<GlobalDatastore>(_, var beganAt)
        ? known.with(known.others().withAnswer(region, beganAt))
        : known.with(known.others().withSilence(region));
  }

  /** What the first other Region shows, for a rescue whose target's endpoint can't be reached. */
  private Optional<Known> elsewhere(
      Failover failover, Reading.NotRead<GlobalDatastore> failure, Known known) {
    if (failure.reason() != Reading.Reason.UNREACHABLE
        || failover.status() != FailoverStatus.PENDING
        || !failover.mode().isRescue()) {
      return Optional.empty();
    }
    for (var region : aws.regions(failover.accountId())) {
      if (!region.equals(failover.targetRegion())
          && describe(failover, region)
              instanceof Reading.Seen<GlobalDatastore>(var datastore, var beganAt)) {
        var seen = new Observation(failover.accountId(), region, datastore, beganAt, beganAt);
        return Optional.of(
            new Known(new ShownElsewhere(seen), known.others().withAnswer(region, beganAt)));
      }
    }
    return Optional.empty();
  }

  private Reading<GlobalDatastore> describe(Failover failover, Region region) {
    var account = failover.accountId();
    var id = failover.globalReplicationGroupId();
    var reading = globalDatastores.describe(account, region, id);
    switch (reading) {
      case Reading.Seen<GlobalDatastore>(var datastore, var beganAt) ->
          observations.record(account, region, beganAt, List.of(datastore));
      case Reading.NotFound<GlobalDatastore>(var beganAt) ->
          observations.recordGone(account, region, beganAt, id);
      case Reading.NotRead<GlobalDatastore> _ -> {}
    }
    return reading;
  }

  /** Whether AWS shows something else by now, or somebody changed the failover. */
  boolean hasNews(Judgement judgement) {
    var failover = judgement.failover();
    var now = failovers.findById(failover.id().value()).orElseThrow();
    return now.version() != failover.version()
        || (stored(failover).facts() instanceof Shown(var seen) && judgement.isOlderThan(seen));
  }

  /**
   * What was shown before the primary moved is no ground to send a call on; nor is what contradicts
   * that shortly after it, because a Region may show again what was before.
   */
  private boolean isOvertaken(Observation seen, Failover failover) {
    return failover.status() == FailoverStatus.PENDING
        && moves
            .lastMove(failover.accountId(), failover.globalReplicationGroupId())
            .filter(move -> isOvertaken(seen, move))
            .isPresent();
  }

  private static boolean isOvertaken(Observation seen, LastMove move) {
    var agrees = seen.datastore().primary().map(Member::region).filter(move.to()::equals);
    var from =
        agrees.isPresent()
            ? move.observedAt()
            : move.recordedAt().plus(RecordedPrimary.VIEWS_AGREE_WITHIN);
    return seen.beganAt().isBefore(from);
  }

  private Known stored(Failover failover) {
    var facts = Optional.<Facts>empty();
    var answered = new HashMap<Region, Instant>();
    for (var seen :
        observations.latest(failover.accountId(), failover.globalReplicationGroupId())) {
      if (seen.region().equals(failover.targetRegion())) {
        facts = isOvertaken(seen, failover) ? Optional.empty() : Optional.of(new Shown(seen));
      } else {
        answered.put(seen.region(), seen.beganAt());
      }
    }
    return new Known(
        facts.orElseGet(Unseen::new),
        new OtherRegions(Set.copyOf(aws.regions(failover.accountId())), answered, Set.of()));
  }
}
