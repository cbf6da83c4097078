package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Groups;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.process.AttemptSnapshot;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverSnapshot;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.Endpoint;
import dev.baton.globaldatastore.Member;
import dev.baton.policy.DecisionChange;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;
import dev.baton.policy.Requester;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/**
 * A failover from its request to its end. Its verbs are the only way to change it, and {@link
 * #become} refuses what {@link FailoverStatus#successors()} doesn't allow.
 */
@Entity
@Table(name = "failover")
class Failover implements Persistable<UUID> {
  @Id private UUID id;
  @Version private long version;
  @Transient private boolean isNew;

  private AccountId accountId;
  private GlobalDatastoreId globalReplicationGroupId;
  private @Nullable Region sourceRegion;
  private @Nullable ReplicationGroupId sourceReplicationGroupId;
  private Region targetRegion;
  private ReplicationGroupId targetReplicationGroupId;

  @Enumerated(EnumType.STRING)
  private FailoverMode mode;

  @Enumerated(EnumType.STRING)
  private FailoverStatus status;

  @Enumerated(EnumType.STRING)
  private FailoverEffect effect;

  private @Nullable UUID supersedes;
  private boolean simulated;
  private String reason;
  private @Nullable String reference;
  private boolean acceptDataLoss;
  private @Nullable Region expectedPrimaryRegion;
  private Instant startBefore;
  private String requestedBySubject;

  @Enumerated(EnumType.STRING)
  private Actor.Kind requestedByKind;

  private Instant requestedAt;
  private Instant updatedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Instant promotionStartedAt;
  private String cause;
  private @Nullable String newPrimaryAddress;
  private @Nullable Integer newPrimaryPort;

  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable Evidence evidence;

  @JdbcTypeCode(SqlTypes.JSON)
  private PolicyDecision decision;

  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable PolicyDecision decisionWhenRequested;

  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable PolicyFacts facts;

  @JdbcTypeCode(SqlTypes.JSON)
  private Groups.@Nullable Known requestedByGroups;

  @OneToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER)
  @JoinColumn(name = "failover_id", insertable = false, updatable = false)
  @OrderBy("id.number")
  @BatchSize(size = 100)
  private List<Attempt> attempts = new ArrayList<>();

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected Failover() {}

  /**
   * A failover that policy has decided on: pending, or denied.
   *
   * @param source the primary at the time of the request, if AWS showed exactly one
   * @param target the secondary that is to become primary
   */
  Failover(
      FailoverRequest request,
      Optional<Member> source,
      Member target,
      Requester requester,
      Decided decided,
      Instant startBefore,
      boolean simulated,
      Instant now) {
    this.id = UUID.randomUUID();
    this.isNew = true;
    this.accountId = request.accountId();
    this.globalReplicationGroupId = request.globalReplicationGroupId();
    this.sourceRegion = source.map(Member::region).orElse(null);
    this.sourceReplicationGroupId = source.map(Member::replicationGroupId).orElse(null);
    this.targetRegion = target.region();
    this.targetReplicationGroupId = target.replicationGroupId();
    this.mode = request.mode();
    this.supersedes = request.supersedes().orElse(null);
    this.simulated = simulated;
    this.reason = request.reason();
    this.reference = request.reference().orElse(null);
    this.acceptDataLoss = request.acceptDataLoss();
    this.expectedPrimaryRegion = request.expectedPrimaryRegion().orElse(null);
    this.startBefore = startBefore;
    this.requestedBySubject = requester.actor().subject();
    this.requestedByKind = requester.actor().kind();
    this.requestedByGroups = requester.groups() instanceof Groups.Known known ? known : null;
    this.requestedAt = now;
    this.updatedAt = now;
    this.cause = "";
    this.decision = decided.decision();
    this.decisionWhenRequested = decided.decision();
    this.facts = decided.facts();
    this.status = decision.isAllowed() ? FailoverStatus.PENDING : FailoverStatus.DENIED;
    this.effect = decision.isAllowed() ? FailoverEffect.UNKNOWN : FailoverEffect.NONE;
    this.finishedAt = decision.isAllowed() ? null : now;
  }

  /**
   * Policy, asked again right before a call, refuses. While an earlier call may have had its effect
   * that is no end: then there is just no further call.
   */
  void deny(PolicyDecision refusal, Instant now) {
    decision = refusal;
    if (status == FailoverStatus.OUTCOME_UNKNOWN) {
      waits("policy refuses another call", now);
      return;
    }
    finish(FailoverStatus.DENIED, FailoverEffect.NONE, "policy refuses it by now", evidence(), now);
  }

  /**
   * Records that a call is about to be sent; nothing may be sent before this is committed.
   *
   * @param endpoint the Region whose endpoint it goes to
   */
  Attempt intend(
      Region endpoint,
      PolicyDecision decisionNow,
      Duration sendWithin,
      Duration landsWithin,
      Instant now) {
    decision = decisionNow;
    become(FailoverStatus.SWITCHING, "", now);
    var inTime = now.plus(sendWithin);
    var sendBefore = inTime.isBefore(startBefore) ? inTime : startBefore;
    var attempt =
        new Attempt(
            id(),
            attempts.size() + 1,
            AwsCall.action(mode),
            endpoint,
            now,
            sendBefore,
            sendBefore.plus(landsWithin));
    attempts.add(attempt);
    return attempt;
  }

  /** Whether an outcome of this attempt is still waited for. */
  boolean awaitsAnswerOf(int number) {
    return status == FailoverStatus.SWITCHING
        && lastAttempt().number() == number
        && lastAttempt().answeredAt().isEmpty();
  }

  /** Stores what came of the last call. */
  void answered(CallOutcome answer, Instant now) {
    var wasUncertain =
        snapshot().attempts().stream()
            .limit(attempts.size() - 1L)
            .anyMatch(AttemptSnapshot::isUncertain);
    lastAttempt().answered(answer, now);
    switch (answer) {
      case CallOutcome.Accepted _ -> promotionStarted("AWS accepted the call", now);
      case CallOutcome.Unknown unknown ->
          become(FailoverStatus.OUTCOME_UNKNOWN, unknown.message(), now);
      case CallOutcome.NotExecuted notExecuted -> notDone(notExecuted.message(), wasUncertain, now);
      case CallOutcome.Refused refused when refused.passing() || wasUncertain ->
          notDone(refused.message(), wasUncertain, now);
      case CallOutcome.Refused refused ->
          finish(
              FailoverStatus.FAILED,
              FailoverEffect.NONE,
              "AWS refused the call: %s: %s".formatted(refused.code(), refused.message()),
              evidence(),
              now);
    }
  }

  /** Nothing came of this call, but an earlier one may have had its effect meanwhile. */
  private void notDone(String why, boolean wasUncertain, Instant now) {
    become(wasUncertain ? FailoverStatus.OUTCOME_UNKNOWN : FailoverStatus.PENDING, why, now);
  }

  /** The last call's answer was never recorded: whoever sent it is gone. */
  void lostTrackOfCall(String why, Instant now) {
    lastAttempt()
        .answered(new CallOutcome.Unknown("NoAnswerRecorded", why), lastAttempt().landsBefore());
    become(FailoverStatus.OUTCOME_UNKNOWN, why, now);
  }

  /** AWS is switching the roles. */
  void promotionStarted(String why, Instant now) {
    promotionStartedAt = now;
    become(FailoverStatus.PROMOTING, why, now);
  }

  /** The promotion takes longer than it should. */
  void stall(String why, Instant now) {
    become(FailoverStatus.STALLED, why, now);
  }

  /** It isn't going on for another reason than before. */
  void waits(String why, Instant now) {
    refuseIfFinished();
    cause = why;
    updatedAt = now;
  }

  /** The primary is there, and not where it was when this was requested. */
  void sourceMoved(Member source, Instant now) {
    refuseIfFinished();
    sourceRegion = source.region();
    sourceReplicationGroupId = source.replicationGroupId();
    updatedAt = now;
  }

  /** AWS shows the Global datastore otherwise than before. */
  void observed(Evidence shown, Instant now) {
    refuseIfFinished();
    evidence = shown;
    updatedAt = now;
  }

  /** It is over: what it did, why it ended so, and what AWS showed then. */
  void finish(
      FailoverStatus end,
      FailoverEffect finalEffect,
      String why,
      Optional<Evidence> shown,
      Instant now) {
    if (!end.isFinished()) {
      throw new IllegalArgumentException(end + " is no end");
    }
    become(end, why, now);
    effect = finalEffect;
    evidence = shown.orElse(null);
    finishedAt = now;
  }

  /** Where applications are to be pointed to, now that it has succeeded. */
  void newPrimaryAnswersAt(Endpoint endpoint) {
    if (status != FailoverStatus.SUCCEEDED) {
      throw new IllegalStateException(
          "failover %s is %s: it has no new primary".formatted(id, status));
    }
    newPrimaryAddress = endpoint.address();
    newPrimaryPort = endpoint.port();
  }

  private void become(FailoverStatus next, String why, Instant now) {
    if (!status.successors().contains(next)) {
      throw new IllegalStateException(
          "failover %s is %s: it can't become %s".formatted(id, status, next));
    }
    status = next;
    cause = why;
    updatedAt = now;
  }

  private void refuseIfFinished() {
    if (status.isFinished()) {
      throw new IllegalStateException("failover %s is %s: it stays so".formatted(id, status));
    }
  }

  private Attempt lastAttempt() {
    return attempts.getLast();
  }

  FailoverSnapshot snapshot() {
    return new FailoverSnapshot(
        status,
        mode,
        sourceRegion(),
        targetRegion,
        targetReplicationGroupId,
        expectedPrimaryRegion(),
        startBefore,
        Optional.ofNullable(promotionStartedAt),
        !decision.isAllowed(),
        attempts.stream().map(Attempt::snapshot).toList());
  }

  @Override
  public UUID getId() {
    return id;
  }

  @Override
  public boolean isNew() {
    return isNew;
  }

  FailoverId id() {
    return new FailoverId(id);
  }

  long version() {
    return version;
  }

  AccountId accountId() {
    return accountId;
  }

  GlobalDatastoreId globalReplicationGroupId() {
    return globalReplicationGroupId;
  }

  Optional<Region> sourceRegion() {
    return Optional.ofNullable(sourceRegion);
  }

  Optional<ReplicationGroupId> sourceReplicationGroupId() {
    return Optional.ofNullable(sourceReplicationGroupId);
  }

  Region targetRegion() {
    return targetRegion;
  }

  ReplicationGroupId targetReplicationGroupId() {
    return targetReplicationGroupId;
  }

  FailoverMode mode() {
    return mode;
  }

  /** The failover that a DETACH is to end. */
  Optional<UUID> supersedes() {
    return Optional.ofNullable(supersedes);
  }

  FailoverStatus status() {
    return status;
  }

  FailoverEffect effect() {
    return effect;
  }

  boolean isSimulated() {
    return simulated;
  }

  String reason() {
    return reason;
  }

  Optional<String> reference() {
    return Optional.ofNullable(reference);
  }

  boolean acceptsDataLoss() {
    return acceptDataLoss;
  }

  Optional<Region> expectedPrimaryRegion() {
    return Optional.ofNullable(expectedPrimaryRegion);
  }

  Instant startBefore() {
    return startBefore;
  }

  Actor requestedBy() {
    return new Actor(requestedBySubject, requestedByKind);
  }

  Requester requester() {
    return new Requester(
        requestedBy(),
        requestedByGroups == null
            ? new Groups.Unknown("the token of the request did not name them")
            : requestedByGroups);
  }

  Instant requestedAt() {
    return requestedAt;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  Optional<Instant> finishedAt() {
    return Optional.ofNullable(finishedAt);
  }

  String cause() {
    return cause;
  }

  Optional<Evidence> evidence() {
    return Optional.ofNullable(evidence);
  }

  Optional<Endpoint> newPrimaryEndpoint() {
    return newPrimaryAddress == null || newPrimaryPort == null
        ? Optional.empty()
        : Optional.of(new Endpoint(newPrimaryAddress, newPrimaryPort));
  }

  PolicyDecision decision() {
    return decision;
  }

  /** What policy answers otherwise by now than when this was requested. */
  List<DecisionChange> policyChanges() {
    return decisionWhenRequested == null ? List.of() : decision.changesSince(decisionWhenRequested);
  }

  /** What policy said when it was requested, and what it went by, where that was kept. */
  Optional<Decided> decidedWhenRequested() {
    return decisionWhenRequested == null || facts == null
        ? Optional.empty()
        : Optional.of(new Decided(decisionWhenRequested, facts));
  }

  List<Attempt> attempts() {
    return List.copyOf(attempts);
  }
}
