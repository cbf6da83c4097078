-- Where the primary of each Global datastore is, as its Regions agreed on last, and how it came
-- there. What the Regions show by themselves is in observation; one of them may be out of date.
create table recorded_primary (
  account_id                  text        not null,
  global_replication_group_id text        not null,
  region                      text        not null,
  -- when the first describe began that showed it there
  since                       timestamptz not null,
  -- where it was before; null as long as no move was seen
  moved_from                  text,
  -- the failover that moved it; null if that was none of ours
  failover_id                 uuid        references failover (id),
  primary key (account_id, global_replication_group_id),
  check (moved_from is not null or failover_id is null)
);
