package dev.baton.failover;

import dev.baton.core.FailoverMode;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.DatastoreLookup.Found;
import dev.baton.failover.process.FailoverProperties;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import dev.baton.policy.Judgement;
import dev.baton.policy.Requester;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import dev.baton.problem.Violation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Takes a request as far as it goes without storing anything: the failover that it would become,
 * decided on by policy. What is accepted for real and what a dry run shows come from here both.
 */
@Component
class FailoverPreparation {
  private final DatastoreLookup lookup;
  private final FailoverRepository failovers;
  private final FailoverPolicy policy;
  private final AwsEnvironment aws;
  private final FailoverProperties limits;
  private final InstantSource clock;

  FailoverPreparation(
      DatastoreLookup lookup,
      FailoverRepository failovers,
      FailoverPolicy policy,
      AwsEnvironment aws,
      FailoverProperties limits,
      InstantSource clock) {
    this.lookup = lookup;
    this.failovers = failovers;
    this.policy = policy;
    this.aws = aws;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * What a request comes to.
   *
   * @param failover pending, or denied; not stored
   * @param givesWay the failover whose place it takes
   * @param seen what AWS has shown for it, by Region
   */
  record Prepared(Failover failover, Optional<Failover> givesWay, List<Observation> seen) {}

  /**
   * Prepares a failover.
   *
   * @param whenRead told what AWS shows, also of a request that is turned away then
   * @throws ProblemException if the request is turned away
   */
  Prepared prepare(FailoverRequest request, Requester requester, Consumer<Found> whenRead) {
    // Asked first, because it costs no call: of a burst of requests all but one end here.
    refuseIfUnderWay(request);
    var found = lookup.find(request);
    whenRead.accept(found);
    var seen = new ArrayList<>(found.observation(request).stream().toList());
    // Where nothing could give way, the database turns away what came too late.
    var givesWay = mayTakeAPlace(request) ? refuseIfUnderWay(request) : Optional.<Failover>empty();
    var datastore = found.datastore();
    var target = target(request, datastore);
    refuseIfElsewhere(request, datastore, target);
    refuseIfNothingToSupersede(request, givesWay);
    var source = datastore.primary();
    var from = source.map(Member::region);
    if (request.mode() == FailoverMode.SWITCHOVER) {
      from.map(region -> lookup.findInSource(region, request))
          .ifPresent(inSource -> {
            whenRead.accept(inSource);
            inSource.observation(request).ifPresent(seen::add);
          });
    }
    var asked = FailoverPolicy.about(request, requester, datastore);
    var foundOut = policy.findOut(asked, target.replicationGroupId());
    var now = clock.instant();
    var decided = policy.decide(asked, foundOut, seen, now);
    refuseIfMisused(decided.judgement());
    return new Prepared(
        failover(request, requester, datastore, target, decided, now), givesWay, List.copyOf(seen));
  }

  /**
   * Prepares a member of an evacuation. It goes by what AWS showed last, because to ask again for
   * each of a thousand would take longer than to move them; what is sent is decided anew on younger
   * facts. An override that sets nothing aside for this member may for another.
   *
   * @return empty as long as it has to wait: for others that are under way, or for a hold to end
   * @throws ProblemException if it is turned away
   */
  Optional<Prepared> prepareMember(FailoverRequest request, Requester requester) {
    var givesWay = refuseIfUnderWay(request);
    var datastore = lookup.findLastSeen(request);
    var target = target(request, datastore);
    refuseIfElsewhere(request, datastore, target);
    var asked = FailoverPolicy.about(request, requester, datastore);
    var foundOut = policy.findOut(asked, target.replicationGroupId());
    var now = clock.instant();
    var decided = policy.decide(asked, foundOut, List.of(), now);
    if (policy.waits(asked, decided)) {
      return Optional.empty();
    }
    var useful = new HashSet<>(request.overrides());
    decided.judgement().misusedOverrides().forEach(one -> useful.remove(one.name()));
    return Optional.of(
        new Prepared(
            failover(request.overriding(useful), requester, datastore, target, decided, now),
            givesWay,
            List.of()));
  }

  private Failover failover(
      FailoverRequest request,
      Requester requester,
      GlobalDatastore datastore,
      Member target,
      Decided decided,
      Instant now) {
    return new Failover(
        request,
        datastore.primary(),
        target,
        requester,
        decided,
        request.startBefore().orElse(request.scheduledFor().orElse(now).plus(limits.startWithin())),
        aws.isSimulated(),
        now);
  }

  private static boolean mayTakeAPlace(FailoverRequest request) {
    return request.mode().isRescue() || request.supersedes().isPresent();
  }

  /**
   * A switchover that was not sent yet gives way to a rescue, and what a DETACH names to that;
   * anything else under way does not.
   */
  Optional<Failover> refuseIfUnderWay(FailoverRequest request) {
    var other = failovers.findUnfinished(request.accountId(), request.globalReplicationGroupId());
    other
        .filter(
            one -> !request.mode().isRescue() || !Succession.mayGiveWay(one.status(), one.mode()))
        .filter(one -> !isSuperseded(one, request))
        .ifPresent(one -> {
          throw underWay(one);
        });
    return other;
  }

  private boolean isSuperseded(Failover other, FailoverRequest request) {
    if (!request.supersedes().equals(Optional.of(other.id().value()))
        || !(Succession.isOpen(other) || Succession.isUnsent(other))) {
      return false;
    }
    if (!request.targetRegion().equals(other.targetRegion())) {
      throw invalid(
          new Violation(
              "supersedes",
              "must be a failover to %s, but %s is to %s"
                  .formatted(request.targetRegion(), other.id(), other.targetRegion())));
    }
    var now = clock.instant();
    if (Succession.isOpen(other) && !Succession.hasLanded(other, now)) {
      var landed = other.snapshot().landedAt();
      throw new ProblemException(
          underWay(
                  other,
                  "Its last call may still be on its way until %s; ask again then."
                      .formatted(landed))
              .problem()
              .retryAfter(Duration.between(now, landed).plusSeconds(1)));
    }
    return true;
  }

  private static void refuseIfNothingToSupersede(
      FailoverRequest request, Optional<Failover> other) {
    request
        .supersedes()
        .filter(id -> other.map(Failover::getId).filter(id::equals).isEmpty())
        .ifPresent(id -> {
          throw invalid(
              new Violation(
                  "supersedes",
                  "must be the failover of %s that is under way, but %s"
                      .formatted(
                          request.globalReplicationGroupId(),
                          other
                              .map(one -> "that is " + one.id())
                              .orElse("none is: look at %s, then decide anew".formatted(id)))));
        });
  }

  /** What need not be set aside isn't: nobody is to get used to naming everything. */
  private static void refuseIfMisused(Judgement judgement) {
    var misused = judgement.misusedOverrides();
    if (!misused.isEmpty()) {
      throw new ProblemException(
              ProblemType.OVERRIDE_REFUSED,
              misused.stream()
                  .map(one -> "%s %s.".formatted(one.name(), one.message()))
                  .collect(Collectors.joining(" ", "", " Nothing was changed.")))
          .with(
              "violations",
              misused.stream()
                  .map(one ->
                      new Violation("overrides", "%s %s".formatted(one.name(), one.message())))
                  .toList())
          .with("refusals", judgement.decision().refusals());
    }
  }

  static ProblemException underWay(Failover other) {
    return underWay(
        other,
        Succession.isOpen(other)
            ? "If AWS can't bring it to an end, mode DETACH may name it in supersedes."
            : "One at a time.");
  }

  private static ProblemException underWay(Failover other, String advice) {
    return new ProblemException(
            ProblemType.FAILOVER_IN_PROGRESS,
            "Failover %s of %s to %s is %s. %s"
                .formatted(
                    other.id(),
                    other.globalReplicationGroupId(),
                    other.targetRegion(),
                    other.status(),
                    advice))
        .with("failoverId", other.id());
  }

  static Member target(FailoverRequest request, GlobalDatastore datastore) {
    var inRegion =
        datastore
            .memberIn(request.targetRegion())
            .orElseThrow(() -> DatastoreLookup.noMember(request, datastore));
    request
        .targetReplicationGroupId()
        .filter(wanted -> !wanted.equals(inRegion.replicationGroupId()))
        .ifPresent(wanted -> {
          refuseFailback(request, inRegion, wanted);
          throw invalid(
              new Violation(
                  "targetReplicationGroupId",
                  "must be %s, the member of %s in %s (or be left out), but is %s"
                      .formatted(
                          inRegion.replicationGroupId(),
                          datastore.id(),
                          inRegion.region(),
                          wanted)));
        });
    return inRegion;
  }

  private static void refuseFailback(
      FailoverRequest request, Member member, ReplicationGroupId former) {
    if (request.failback().isPresent()) {
      throw Failbacks.refused(
          "%s, which was primary in %s before, is no member any more: that is %s by now"
              .formatted(former, member.region(), member.replicationGroupId()));
    }
  }

  private static void refuseIfElsewhere(
      FailoverRequest request, GlobalDatastore datastore, Member target) {
    if (target.isPrimary()) {
      throw new ProblemException(
              ProblemType.ALREADY_PRIMARY,
              "%s in %s is the primary of %s already; no call was made."
                  .formatted(target.replicationGroupId(), target.region(), datastore.id()))
          .with("primaryRegion", target.region());
    }
    var primary = datastore.primary().map(Member::region);
    if (request.expectedPrimaryRegion().isPresent()
        && primary.isPresent()
        && !request.expectedPrimaryRegion().equals(primary)) {
      throw new ProblemException(
              ProblemType.PRIMARY_ELSEWHERE,
              "The primary of %s was expected in %s but is in %s."
                  .formatted(datastore.id(), request.expectedPrimaryRegion().get(), primary.get()))
          .with("primaryRegion", primary.get());
    }
  }

  private static ProblemException invalid(Violation violation) {
    return new ProblemException(ProblemType.INVALID_REQUEST, "The request has one violation.")
        .with("violations", List.of(violation));
  }
}
