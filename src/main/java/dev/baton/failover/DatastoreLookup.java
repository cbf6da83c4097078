package dev.baton.failover;

import dev.baton.core.Region;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.GlobalDatastores;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import dev.baton.globaldatastore.Observations;
import dev.baton.globaldatastore.Reading;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import dev.baton.problem.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds the Global datastore that a request is about, as its target Region shows it. */
@Component
class DatastoreLookup {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final GlobalDatastores globalDatastores;
  private final Observations observations;
  private final AwsEnvironment aws;

  DatastoreLookup(
      GlobalDatastores globalDatastores, Observations observations, AwsEnvironment aws) {
    this.globalDatastores = globalDatastores;
    this.observations = observations;
    this.aws = aws;
  }

  /**
   * A Global datastore.
   *
   * @param region the Region that shows it
   * @param readAt when AWS was asked; empty if this is what it showed at some time before
   */
  record Found(GlobalDatastore datastore, Region region, Optional<Instant> readAt) {

    /** What the Region showed when it was asked; empty if it was not. */
    Optional<Observation> observation(FailoverRequest request) {
      return readAt.map(at -> new Observation(request.accountId(), region, datastore, at, at));
    }
  }

  /** Keeps what AWS showed for whoever asks next. */
  void record(FailoverRequest request, Found found) {
    found
        .readAt()
        .ifPresent(at ->
            observations.record(
                request.accountId(), found.region(), at, List.of(found.datastore())));
  }

  /**
   * The Global datastore as it is now. Where AWS can't be read, a FAILOVER goes by what it showed
   * last: the rescue must not wait for the Region that is dark.
   */
  Found find(FailoverRequest request) {
    return switch (describe(request, request.targetRegion())) {
      case Reading.Seen<GlobalDatastore>(var datastore, var beganAt) ->
          new Found(datastore, request.targetRegion(), Optional.of(beganAt));
      case Reading.NotFound<GlobalDatastore> _ -> throw notInTargetRegion(request);
      case Reading.NotRead<GlobalDatastore> failure ->
          lastShown(request)
              .or(() -> shownElsewhere(request, failure))
              .orElseThrow(() -> unreadable(request, request.targetRegion(), failure));
    };
  }

  /**
   * The Global datastore as AWS showed it last: by the target Region, which knows best, or another.
   *
   * @throws ProblemException if no Region shows it
   */
  GlobalDatastore findLastSeen(FailoverRequest request) {
    var account = request.accountId();
    var id = request.globalReplicationGroupId();
    return observations
        .latest(account, request.targetRegion(), id)
        .or(() -> observations.latest(account, id).stream().findFirst())
        .map(Observation::datastore)
        .orElseThrow(() -> unknown(request));
  }

  private Optional<Found> lastShown(FailoverRequest request) {
    if (!request.mode().isRescue()) {
      return Optional.empty();
    }
    var account = request.accountId();
    var id = request.globalReplicationGroupId();
    return observations
        .latest(account, request.targetRegion(), id)
        .or(() -> observations.latest(account, id).stream().findFirst())
        .map(seen -> new Found(seen.datastore(), seen.region(), Optional.empty()));
  }

  /** As another Region shows it, for a rescue whose target's endpoint can't be reached. */
  private Optional<Found> shownElsewhere(
      FailoverRequest request, Reading.NotRead<GlobalDatastore> failure) {
    if (!request.mode().isRescue() || failure.reason() != Reading.Reason.UNREACHABLE) {
      return Optional.empty();
    }
    for (var region : aws.regions(request.accountId())) {
      if (!region.equals(request.targetRegion())
          && describe(request, region)
              instanceof Reading.Seen<GlobalDatastore>(var seen, var beganAt)) {
        return Optional.of(new Found(seen, region, Optional.of(beganAt)));
      }
    }
    return Optional.empty();
  }

  /**
   * The Global datastore as the Region shows it that a switchover is to leave.
   *
   * @throws ProblemException if that Region doesn't answer: then writes could get lost
   */
  Found findInSource(Region source, FailoverRequest request) {
    return switch (describe(request, source)) {
      case Reading.Seen<GlobalDatastore>(var datastore, var beganAt) ->
          new Found(datastore, source, Optional.of(beganAt));
      case Reading.NotFound<GlobalDatastore> _ ->
          throw sourceSilent(request, source, "NotFound", "it shows no such Global datastore");
      case Reading.NotRead<GlobalDatastore> failure -> {
        if (failure.reason() == Reading.Reason.DENIED) {
          throw unreadable(request, source, failure);
        }
        throw sourceSilent(request, source, failure.code(), failure.message());
      }
    };
  }

  private static ProblemException sourceSilent(
      FailoverRequest request, Region source, String code, String message) {
    return new ProblemException(
            ProblemType.AWS_UNAVAILABLE,
            ("%s, where the primary of %s is, doesn't answer: %s: %s. A switchover needs both"
                    + " Regions. If %s is lost, request mode FAILOVER with acceptDataLoss. Nothing"
                    + " was changed.")
                .formatted(source, request.globalReplicationGroupId(), code, message, source))
        .with("awsErrorCode", code)
        .retryAfter(RETRY_AFTER);
  }

  private ProblemException notInTargetRegion(FailoverRequest request) {
    var unread = Optional.<ProblemException>empty();
    for (var region : aws.regions(request.accountId())) {
      if (region.equals(request.targetRegion())) {
        continue;
      }
      switch (describe(request, region)) {
        case Reading.Seen<GlobalDatastore>(var seen, _) -> {
          return noMember(request, seen);
        }
        case Reading.NotFound<GlobalDatastore> _ -> {}
        case Reading.NotRead<GlobalDatastore> failure ->
            unread = Optional.of(unreadable(request, region, failure));
      }
    }
    return unread.orElseGet(() -> unknown(request));
  }

  private ProblemException unknown(FailoverRequest request) {
    return new ProblemException(
            ProblemType.UNKNOWN_GLOBAL_DATASTORE,
            "No Region served here (%s) shows a Global datastore %s in account %s."
                .formatted(
                    aws.regions(request.accountId()).stream()
                        .map(Region::name)
                        .collect(Collectors.joining(", ")),
                    request.globalReplicationGroupId(),
                    request.accountId()))
        .with("globalReplicationGroupId", request.globalReplicationGroupId());
  }

  static ProblemException noMember(FailoverRequest request, GlobalDatastore datastore) {
    var members =
        datastore.members().stream()
            .map(Member::region)
            .map(Region::name)
            .collect(Collectors.joining(", "));
    return request.failback().isPresent()
        ? Failbacks.refused(
            "%s has no member in %s any more, only in %s"
                .formatted(datastore.id(), request.targetRegion(), members))
        : new ProblemException(ProblemType.INVALID_REQUEST, "The request has one violation.")
            .with(
                "violations",
                List.of(
                    new Violation(
                        "targetRegion",
                        "must be a Region in which %s has a member (%s), but is %s"
                            .formatted(datastore.id(), members, request.targetRegion()))));
  }

  private Reading<GlobalDatastore> describe(FailoverRequest request, Region region) {
    return globalDatastores.describe(
        request.accountId(), region, request.globalReplicationGroupId());
  }

  private static ProblemException unreadable(
      FailoverRequest request, Region region, Reading.NotRead<GlobalDatastore> failure) {
    var refused = failure.reason() == Reading.Reason.DENIED;
    var problem =
        new ProblemException(
                refused ? ProblemType.AWS_REFUSED : ProblemType.AWS_UNAVAILABLE,
                "%s can't be read in %s: %s: %s. Nothing was changed."
                    .formatted(
                        request.globalReplicationGroupId(),
                        region,
                        failure.code(),
                        failure.message()))
            .with("awsErrorCode", failure.code());
    return refused ? problem : problem.retryAfter(RETRY_AFTER);
  }
}
