-- The last failover of each Global datastore that was to be carried out, among any number that were
-- not: its only reader passes over those.
create index failover_last
  on failover (account_id, global_replication_group_id, finished_at desc)
  where status not in ('AWAITING_APPROVAL', 'SCHEDULED', 'DENIED', 'CANCELLED', 'EXPIRED');
drop index failover_of_datastore;
