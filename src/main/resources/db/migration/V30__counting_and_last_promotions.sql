-- What is under way is counted for every request. What only waits for its time or for people is not,
-- and may be a lot.
create index failover_under_way on failover (account_id, source_region, target_region)
  where finished_at is null and status not in ('AWAITING_APPROVAL', 'SCHEDULED');

-- When a Global datastore was promoted last, among any number that were promoted or tried.
create index failover_promoted_of_datastore
  on failover (account_id, global_replication_group_id, finished_at desc)
  where effect = 'PROMOTED';
