package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
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
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The failovers, newest first, a page at a time. */
@Component
class FailoverList {
  private final EntityManager entities;

  FailoverList(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * Which failovers to show.
   *
   * @param from the first time of request that counts
   * @param to the first that no longer counts
   */
  record Filter(
      Optional<FailoverStatus> status,
      Optional<GlobalDatastoreId> globalReplicationGroupId,
      Optional<AccountId> accountId,
      Optional<String> requestedBy,
      Optional<Instant> from,
      Optional<Instant> to) {}

  record Page(List<Failover> failovers, Optional<FailoverCursor> next) {}

  @Transactional(readOnly = true)
  public Page page(Filter filter, Optional<FailoverCursor> after, int limit) {
    var builder = entities.getCriteriaBuilder();
    var query = builder.createQuery(Failover.class);
    var failover = query.from(Failover.class);
    query
        .where(predicates(filter, after, builder, failover))
        .orderBy(builder.desc(failover.get("requestedAt")), builder.desc(failover.get("id")));
    var page =
        Slice.of(entities.createQuery(query).setMaxResults(limit + 1).getResultList(), limit);
    return new Page(
        page.items(), page.next(last -> new FailoverCursor(last.requestedAt(), last.id().value())));
  }

  private static Predicate[] predicates(
      Filter filter,
      Optional<FailoverCursor> after,
      CriteriaBuilder builder,
      Root<Failover> failover) {
    var wanted = new ArrayList<Predicate>();
    var requestedAt = failover.<Instant>get("requestedAt");
    filter.status().ifPresent(it -> wanted.add(builder.equal(failover.get("status"), it)));
    filter
        .globalReplicationGroupId()
        .ifPresent(it -> wanted.add(builder.equal(failover.get("globalReplicationGroupId"), it)));
    filter.accountId().ifPresent(it -> wanted.add(builder.equal(failover.get("accountId"), it)));
    filter
        .requestedBy()
        .ifPresent(it -> wanted.add(builder.equal(failover.get("requestedBySubject"), it)));
    filter.from().ifPresent(it -> wanted.add(builder.greaterThanOrEqualTo(requestedAt, it)));
    filter.to().ifPresent(it -> wanted.add(builder.lessThan(requestedAt, it)));
    after.ifPresent(it ->
        wanted.add(
            builder.or(
                builder.lessThan(requestedAt, it.requestedAt()),
                builder.and(
                    builder.equal(requestedAt, it.requestedAt()),
                    builder.lessThan(failover.get("id"), it.id())))));
    return wanted.toArray(Predicate[]::new);
  }
}
