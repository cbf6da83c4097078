package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.Caller;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.failover.approval.Consent;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.problem.Slice;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The failovers a page at a time: newest first, or those that wait for somebody, oldest first. */
@Component
class FailoverList {
  /** So many are looked through at a time for those that wait for one person. */
  private static final int CHUNK = 200;

  private final EntityManager entities;

  FailoverList(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Which failovers to show.
   *
   * @param from the first time of request that counts
   * @param to the first that no longer counts
   * @param awaitingReview whether only those count for which rules were set aside, and nobody has
   *     looked into that
   * @param evacuationId whose members count
   */
  record Filter(
      Optional<FailoverStatus> status,
      Optional<GlobalDatastoreId> globalReplicationGroupId,
      Optional<AccountId> accountId,
      Optional<String> requestedBy,
      Optional<Instant> from,
      Optional<Instant> to,
      boolean awaitingReview,
      Optional<UUID> evacuationId) {}

  record Page(List<Failover> failovers, Optional<FailoverCursor> next) {}

  @Transactional(readOnly = true)
  public Page page(Filter filter, Optional<FailoverCursor> after, int limit) {
    var page = Slice.of(youngest(filter, after, limit + 1), limit);
    return new Page(page.items(), page.next(FailoverList::cursor));
  }

  private List<Failover> youngest(Filter filter, Optional<FailoverCursor> before, int limit) {
    var builder = entities.getCriteriaBuilder();
    var query = builder.createQuery(Failover.class);
    var failover = query.from(Failover.class);
    var requestedAt = failover.<Instant>get("requestedAt");
    var id = failover.<UUID>get("id");
    var wanted = predicates(filter, builder, failover);
    before.ifPresent(it -> {
      // An index is entered by it; of the alternatives it would have to be read from its start.
      wanted.add(builder.lessThanOrEqualTo(requestedAt, it.requestedAt()));
      wanted.add(
          builder.or(
              builder.lessThan(requestedAt, it.requestedAt()), builder.lessThan(id, it.id())));
    });
    query
        .where(wanted.toArray(Predicate[]::new))
        .orderBy(builder.desc(requestedAt), builder.desc(id));
    return entities.createQuery(query).setMaxResults(limit).getResultList();
  }

  /** Those that wait for the approval of somebody, whoever has waited longest first. */
  @Transactional(readOnly = true)
  public Page awaiting(Caller approver, Filter filter, Optional<FailoverCursor> after, int limit) {
    var found = new ArrayList<Failover>();
    var from = after;
    while (found.size() <= limit) {
      var chunk = oldestAwaiting(filter, from);
      chunk.stream()
          .filter(failover -> waitsFor(approver, failover))
          .limit(limit + 1L - found.size())
          .forEach(found::add);
      if (chunk.size() < CHUNK) {
        break;
      }
      from = Optional.of(cursor(chunk.getLast()));
    }
    var page = Slice.of(found, limit);
    return new Page(page.items(), page.next(FailoverList::cursor));
  }

  private static boolean waitsFor(Caller approver, Failover failover) {
    return failover.consent().standing(approver, failover.requester().person())
        instanceof Consent.Standing.Asked;
  }

  private List<Failover> oldestAwaiting(Filter filter, Optional<FailoverCursor> after) {
    var builder = entities.getCriteriaBuilder();
    var query = builder.createQuery(Failover.class);
    var failover = query.from(Failover.class);
    var requestedAt = failover.<Instant>get("requestedAt");
    var id = failover.<UUID>get("id");
    var wanted = predicates(filter, builder, failover);
    wanted.add(builder.equal(failover.get("status"), FailoverStatus.AWAITING_APPROVAL));
    after.ifPresent(it ->
        wanted.add(
            builder.or(
                builder.greaterThan(requestedAt, it.requestedAt()),
                builder.and(
                    builder.equal(requestedAt, it.requestedAt()),
                    builder.greaterThan(id, it.id())))));
    query
        .where(wanted.toArray(Predicate[]::new))
        .orderBy(builder.asc(requestedAt), builder.asc(id));
    return entities.createQuery(query).setMaxResults(CHUNK).getResultList();
  }

  private static FailoverCursor cursor(Failover last) {
    return new FailoverCursor(last.requestedAt(), last.id().value());
  }

  private static List<Predicate> predicates(
      Filter filter, CriteriaBuilder builder, Root<Failover> failover) {
    var wanted = new ArrayList<Predicate>();
    var requestedAt = failover.<Instant>get("requestedAt");
    filter
        .status()
        .ifPresent(it -> {
          wanted.add(builder.equal(failover.get("status"), it));
          // What it says already, for the indexes that hold only the one or the other.
          var finishedAt = failover.get("finishedAt");
          wanted.add(it.isFinished() ? builder.isNotNull(finishedAt) : builder.isNull(finishedAt));
        });
    filter
        .globalReplicationGroupId()
        .ifPresent(it -> wanted.add(builder.equal(failover.get("globalReplicationGroupId"), it)));
    filter.accountId().ifPresent(it -> wanted.add(builder.equal(failover.get("accountId"), it)));
    filter
        .requestedBy()
        .ifPresent(it -> wanted.add(builder.equal(failover.get("requestedBySubject"), it)));
    filter.from().ifPresent(it -> wanted.add(builder.greaterThanOrEqualTo(requestedAt, it)));
    filter.to().ifPresent(it -> wanted.add(builder.lessThan(requestedAt, it)));
    filter
        .evacuationId()
        .ifPresent(it -> wanted.add(builder.equal(failover.get("evacuationId"), it)));
    if (filter.awaitingReview()) {
      wanted.add(builder.isTrue(failover.get("awaitingReview")));
    }
    return wanted;
  }
}
