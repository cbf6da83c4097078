package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Groups;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.approval.Consent;
import dev.baton.failover.approval.Review;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverSnapshot;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.Instants;
import dev.baton.globaldatastore.Endpoint;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.DecisionChange;
import dev.baton.policy.Failback;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;
import dev.baton.policy.Requester;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Embedded;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/**
 * A failover as it stands in its row, and how it is read. What changes it are the verbs of {@link
 * Failover}.
 */
@MappedSuperclass
abstract class FailoverRow implements Persistable<UUID> {
  @Id UUID id;
  @Version long version;
  @Transient boolean isNew;

  AccountId accountId;
  GlobalDatastoreId globalReplicationGroupId;
  @Nullable Region sourceRegion;
  @Nullable ReplicationGroupId sourceReplicationGroupId;
  Region targetRegion;
  ReplicationGroupId targetReplicationGroupId;

  @Enumerated(EnumType.STRING)
  FailoverMode mode;

  @Enumerated(EnumType.STRING)
  FailoverStatus status;

  @Enumerated(EnumType.STRING)
  FailoverEffect effect;

  @Embedded Terms terms;
  @Nullable UUID evacuationId;
  boolean simulated;
  Instant startBefore;
  String requestedBySubject;
  @Nullable String requestedByPerson;

  @Enumerated(EnumType.STRING)
  Actor.Kind requestedByKind;

  Instant requestedAt;
  Instant updatedAt;
  @Nullable Instant finishedAt;
  @Nullable Instant promotionStartedAt;
  String cause;
  @Nullable String newPrimaryAddress;
  @Nullable Integer newPrimaryPort;

  @JdbcTypeCode(SqlTypes.JSON)
  @Nullable Evidence evidence;

  @JdbcTypeCode(SqlTypes.JSON)
  PolicyDecision decision;

  @JdbcTypeCode(SqlTypes.JSON)
  @Nullable PolicyDecision decisionWhenRequested;

  @JdbcTypeCode(SqlTypes.JSON)
  @Nullable PolicyFacts facts;

  @JdbcTypeCode(SqlTypes.JSON)
  Groups.@Nullable Known requestedByGroups;

  @JdbcTypeCode(SqlTypes.JSON)
  @Nullable Consent consent;

  @JdbcTypeCode(SqlTypes.JSON)
  @Nullable Review review;

  boolean awaitingReview;

  @OneToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER)
  @JoinColumn(name = "failover_id", insertable = false, updatable = false)
  @OrderBy("id.number")
  @BatchSize(size = 100)
  List<Attempt> attempts = new ArrayList<>();

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  FailoverRow() {}

  FailoverSnapshot snapshot() {
    return new FailoverSnapshot(
        status,
        mode,
        sourceRegion(),
        targetRegion,
        targetReplicationGroupId,
        expectedPrimaryRegion(),
        scheduledFor(),
        approveBefore(),
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
    return Optional.ofNullable(terms.supersedes());
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
    return terms.reason();
  }

  Optional<String> reference() {
    return Optional.ofNullable(terms.reference());
  }

  boolean acceptsDataLoss() {
    return terms.acceptDataLoss();
  }

  Optional<Region> expectedPrimaryRegion() {
    return Optional.ofNullable(terms.expectedPrimaryRegion());
  }

  /** The rules and holds that are set aside for it. */
  Set<String> overrides() {
    return terms.overrides();
  }

  Optional<Instant> scheduledFor() {
    return Optional.ofNullable(terms.scheduledFor());
  }

  /** The failover that this one takes back. */
  Optional<UUID> failbackOf() {
    return Optional.ofNullable(terms.failbackOf());
  }

  Optional<Failback> failback() {
    return terms.failback();
  }

  /** The evacuation that it is part of. */
  Optional<UUID> evacuationId() {
    return Optional.ofNullable(evacuationId);
  }

  Consent consent() {
    return Optional.ofNullable(consent).orElse(Consent.NONE);
  }

  /** What was demanded of whom when people were asked last, and how many have agreed to it. */
  List<ApprovalDemand> approvalsDemanded() {
    return consent().demanded().stream()
        .map(demand -> demand.counting(consent().approvers(), requester().person()))
        .toList();
  }

  /** Until when people may approve it, while it waits for them. */
  Optional<Instant> approveBefore() {
    return consent()
        .before()
        .filter(_ -> status == FailoverStatus.AWAITING_APPROVAL)
        .map(before ->
            terms.isStartBeforeGiven() || scheduledFor().isPresent()
                ? Instants.earlier(before, startBefore)
                : before);
  }

  /** Whether rules were set aside for it, and nobody has looked into that yet. */
  boolean isAwaitingReview() {
    return awaitingReview;
  }

  Optional<Review> review() {
    return Optional.ofNullable(review);
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
            : requestedByGroups,
        Optional.ofNullable(requestedByPerson).orElse(requestedBySubject));
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
  Optional<DecisionOnRecord> decidedWhenRequested() {
    return decisionWhenRequested == null || facts == null
        ? Optional.empty()
        : Optional.of(new DecisionOnRecord(decisionWhenRequested, facts));
  }

  List<Attempt> attempts() {
    return List.copyOf(attempts);
  }
}
