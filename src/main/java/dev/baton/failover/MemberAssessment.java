package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.LastMove;
import dev.baton.globaldatastore.LastMoves;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Readiness;
import dev.baton.globaldatastore.ReadinessJudge;
import dev.baton.globaldatastore.ReplicationLags;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.OtherFailovers;
import dev.baton.policy.Policies;
import dev.baton.policy.Policy;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;
import dev.baton.policy.Requester;
import dev.baton.policy.TargetLag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Judges many failovers that could be, with as many statements as for one: what they would come to
 * if each were requested now, and nothing else were under way.
 */
@Component
public class MemberAssessment {
  private static final int FEW = 3;

  private final FailoverRepository failovers;
  private final Policies policies;
  private final LastMoves moves;
  private final ReplicationLags lags;
  private final ReadinessJudge readiness;
  private final PromotionTimes times;
  private final InstantSource clock;

  MemberAssessment(
      FailoverRepository failovers,
      Policies policies,
      LastMoves moves,
      ReplicationLags lags,
      ReadinessJudge readiness,
      PromotionTimes times,
      InstantSource clock) {
    this.failovers = failovers;
    this.policies = policies;
    this.moves = moves;
    this.lags = lags;
    this.readiness = readiness;
    this.times = times;
    this.clock = clock;
  }

  /** What is the same for all of them. */
  public record Common(
      FailoverMode mode,
      String reason,
      Optional<String> reference,
      boolean acceptDataLoss,
      Set<String> overrides,
      Requester requester) {}

  /**
   * A failover that could be.
   *
   * @param target the secondary that would become primary
   * @param failbackOf the failover that it would take back
   */
  public record Candidate(GlobalDatastore datastore, Member target, Optional<UUID> failbackOf) {}

  /**
   * What it would come to.
   *
   * @param decision what policy says of it; an approval that it demands is no refusal
   * @param demanded whose approval that is
   * @param readiness how fit the target is, where that is known
   * @param lagSeconds how far the target is behind, where that is known
   * @param misusedOverrides those that set nothing aside for it
   */
  public record Assessed(
      Candidate candidate,
      PolicyDecision decision,
      List<ApprovalDemand> demanded,
      Optional<ReadinessLevel> readiness,
      Optional<Double> lagSeconds,
      Set<String> misusedOverrides) {}

  /** A failover of a Global datastore that is not over. */
  public record Busy(UUID failoverId, String status, boolean givesWay) {}

  /** The Global datastores of an account that are busy already. */
  public Map<GlobalDatastoreId, Busy> busy(AccountId accountId, FailoverMode mode) {
    return failovers.findUnfinished().stream()
        .filter(one -> one.accountId().equals(accountId))
        .collect(
            Collectors.toMap(
                Unfinished::globalReplicationGroupId,
                one ->
                    new Busy(
                        one.id(),
                        one.status().name(),
                        mode.isRescue() && Succession.mayGiveWay(one.status(), one.mode()))));
  }

  /** How long promotions in the account took lately; empty if there were too few to tell. */
  public Optional<PastPromotions> pastPromotions(AccountId accountId) {
    return times
        .of(accountId)
        .filter(past -> past.promotions() >= FEW)
        .map(past ->
            new PastPromotions(
                past.promotions(),
                past.median().toMillis() / 1_000.0,
                past.ninetieth().toMillis() / 1_000.0));
  }

  /** How many promotions took how long, in seconds. */
  public record PastPromotions(int count, double median, double ninetieth) {}

  /** Judges failovers in one account. */
  public List<Assessed> of(AccountId accountId, Common common, List<Candidate> candidates) {
    if (candidates.isEmpty()) {
      return List.of();
    }
    var ids = candidates.stream().map(one -> one.datastore().id()).toList();
    var policy = policies.inForce();
    var known =
        new Facts(
            promotions(accountId, ids),
            moves.lastMoves(accountId, ids),
            readiness.judge(accountId, ids).readiness(),
            clock.instant());
    return candidates.stream()
        .map(candidate -> assessed(accountId, common, candidate, policy, known))
        .toList();
  }

  private record Facts(
      Map<GlobalDatastoreId, Instant> promotions,
      Map<GlobalDatastoreId, LastMove> moves,
      Map<ReadinessJudge.Target, Readiness> readiness,
      Instant now) {

    Optional<Readiness> readiness(Candidate candidate) {
      var target =
          new ReadinessJudge.Target(candidate.datastore().id(), candidate.target().region());
      return Optional.ofNullable(readiness.get(target));
    }
  }

  private Map<GlobalDatastoreId, Instant> promotions(
      AccountId accountId, Collection<GlobalDatastoreId> ids) {
    return failovers.findLastPromotions(accountId, ids).stream()
        .collect(Collectors.toMap(LastPromotion::globalDatastoreId, LastPromotion::at));
  }

  private Assessed assessed(
      AccountId accountId, Common common, Candidate candidate, Policy policy, Facts known) {
    var request = request(accountId, common, candidate);
    var asked = FailoverPolicy.about(request, common.requester(), candidate.datastore());
    var lag = lag(accountId, candidate.target());
    var judgement = policy.judge(asked, facts(candidate, lag, known));
    return new Assessed(
        candidate,
        judgement.decision(),
        policy.awaits(asked),
        known.readiness(candidate).map(Readiness::level),
        lag instanceof TargetLag.Measured measured
            ? Optional.of(measured.lag().toMillis() / 1_000.0)
            : Optional.empty(),
        judgement.misusedOverrides().stream()
            .map(one -> one.name())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static PolicyFacts facts(Candidate candidate, TargetLag lag, Facts known) {
    var id = candidate.datastore().id();
    return new PolicyFacts(
        known.now(),
        Optional.ofNullable(known.promotions().get(id)),
        Optional.ofNullable(known.moves().get(id))
            .filter(move -> move.failoverId().isEmpty())
            .map(LastMove::recordedAt),
        lag,
        TargetReadinesses.of(candidate.target().region(), known.readiness(candidate)),
        new OtherFailovers.Counted(0, Map.of(), Map.of()));
  }

  /** The first of them is waited for; it is asked for all in its Region at once. */
  private TargetLag lag(AccountId accountId, Member target) {
    ReplicationGroupId group = target.replicationGroupId();
    Region region = target.region();
    return FailoverPolicy.lag(region, lags.of(accountId, region, group));
  }

  private static FailoverRequest request(AccountId accountId, Common common, Candidate candidate) {
    return new FailoverRequest(
        accountId,
        candidate.datastore().id(),
        candidate.target().region(),
        Optional.of(candidate.target().replicationGroupId()),
        common.mode(),
        common.reason(),
        common.reference(),
        candidate.datastore().primary().map(Member::region),
        common.acceptDataLoss(),
        Optional.empty(),
        Optional.empty(),
        common.overrides(),
        Optional.empty(),
        candidate.failbackOf().map(id -> new FailbackOf(id, Optional.empty())),
        Optional.empty());
  }
}
