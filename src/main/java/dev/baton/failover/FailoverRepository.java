package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The failovers in the database. None is ever deleted. */
interface FailoverRepository extends Repository<Failover, UUID> {

  Failover saveAndFlush(Failover failover);

  /** One statement reads it whole: a transaction around it would be two more round trips. */
  @Transactional(propagation = Propagation.SUPPORTS, readOnly = true)
  Optional<Failover> findById(UUID id);

  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @Query("select f from Failover f where f.id = :id")
  Optional<Failover> findForChange(UUID id);

  /** Empty if somebody else has changed it since it was this version. */
  default Optional<Failover> findForChange(UUID id, long version) {
    return findForChange(id).filter(one -> one.version() == version);
  }

  @Query(
      """
      select f from Failover f
      where f.accountId = :accountId and f.globalReplicationGroupId = :datastore
        and f.finishedAt is null
      """)
  Optional<Failover> findUnfinished(AccountId accountId, GlobalDatastoreId datastore);

  @Query(
      """
      select f.id from Failover f
      where f.accountId = :accountId and f.targetRegion = :region
        and f.globalReplicationGroupId in :datastores and f.finishedAt is null
      """)
  List<UUID> findUnfinished(AccountId accountId, Region region, List<GlobalDatastoreId> datastores);

  /** Those for which this Region is to be looked at: a switchover needs both until it is sent. */
  @Query(
      """
      select new dev.baton.failover.FailoverUnderWay(
        f.globalReplicationGroupId, coalesce(f.promotionStartedAt, f.requestedAt), f.status, f.mode)
      from Failover f
      where f.accountId = :accountId and f.finishedAt is null
        and f.status not in (AWAITING_APPROVAL, SCHEDULED)
        and (f.targetRegion = :region
          or f.sourceRegion = :region and f.mode = SWITCHOVER and f.status = PENDING)
      """)
  List<FailoverUnderWay> findUnderWay(AccountId accountId, Region region);

  /**
   * The failovers of other Global datastores that are under way, and were requested before then or
   * have been called for.
   */
  @Query(
      """
      select new dev.baton.failover.UnderWayBetween(f.sourceRegion, f.targetRegion, count(f))
      from Failover f
      where f.accountId = :accountId and f.globalReplicationGroupId <> :datastore
        and f.finishedAt is null and f.status not in (AWAITING_APPROVAL, SCHEDULED)
        and (f.requestedAt < :aheadOf or f.status <> PENDING)
      group by f.sourceRegion, f.targetRegion
      """)
  List<UnderWayBetween> countUnderWay(
      AccountId accountId, GlobalDatastoreId datastore, Instant aheadOf);

  /** The failovers that are not over, the oldest first. */
  @Query(
      """
      select new dev.baton.failover.Unfinished(
        f.id, f.status, f.mode, f.accountId, f.globalReplicationGroupId, f.sourceRegion,
        f.targetRegion, f.targetReplicationGroupId)
      from Failover f where f.finishedAt is null order by f.requestedAt
      """)
  List<Unfinished> findUnfinished();

  @Query("select f.id from Failover f where f.finishedAt is null and f.status = PENDING")
  List<UUID> findPending();

  /** To the end of the transaction nobody else who calls this for the account gets further. */
  @Query(
      nativeQuery = true,
      value =
          "select count(*) from (select pg_advisory_xact_lock(hashtextextended(:account, 0))) it")
  long lockCount(String account);

  /** The failovers that were requested last, the youngest first. */
  @Query("select f from Failover f order by f.requestedAt desc, f.id desc")
  List<Failover> findLast(Limit limit);

  /** Whether a failover is under way that may be what makes this Region's member primary. */
  @Query(
      """
      select count(a) > 0 from Failover f join f.attempts a
      where f.accountId = :accountId and f.globalReplicationGroupId = :datastore
        and f.targetRegion = :target and f.finishedAt is null
        and (a.outcome is null or a.outcome in (ACCEPTED, UNKNOWN))
      """)
  boolean isOnItsWay(AccountId accountId, GlobalDatastoreId datastore, Region target);

  /** The failovers that are over but may have made this Region's member primary all the same. */
  @Query(
      """
      select f.id from Failover f join f.attempts a
      where f.accountId = :accountId and f.globalReplicationGroupId = :datastore
        and f.targetRegion = :target and f.finishedAt > :finishedAfter
        and a.intendedAt > :calledAfter
        and (a.outcome is null or a.outcome in (ACCEPTED, UNKNOWN))
      order by a.intendedAt desc
      """)
  List<UUID> findThatCalledFor(
      AccountId accountId,
      GlobalDatastoreId datastore,
      Region target,
      Instant calledAfter,
      Instant finishedAfter);

  /** When each Global datastore was promoted last. */
  @Query(
      """
      select new dev.baton.failover.LastPromotion(f.globalReplicationGroupId, max(f.finishedAt))
      from Failover f
      where f.accountId = :accountId and f.globalReplicationGroupId in :datastores
        and f.effect = PROMOTED
      group by f.globalReplicationGroupId
      """)
  List<LastPromotion> findLastPromotions(
      AccountId accountId, Collection<GlobalDatastoreId> datastores);

  @Query(
      """
      select max(f.finishedAt) from Failover f
      where f.accountId = :accountId and f.globalReplicationGroupId = :datastore
        and f.effect = PROMOTED
      """)
  Optional<Instant> findLastPromotion(AccountId accountId, GlobalDatastoreId datastore);
}
