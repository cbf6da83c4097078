-- The history of a Global datastore, whichever account it is in, and what ended otherwise than well,
-- among hundreds of thousands. What has not ended is found by failover_one_at_a_time.
create index failover_history
  on failover (global_replication_group_id, requested_at desc, id desc);
create index failover_ended on failover (status, requested_at desc, id desc)
  where finished_at is not null;

-- What happened since: without it, that is looked for from the first entry on.
create index audit_entry_time on audit_entry (occurred_at);
