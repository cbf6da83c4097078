-- What a decision went by, so that it can be made again under another policy. What was requested
-- before this was kept has none.
alter table failover
  -- what policy said when it was requested; decision has what it said last
  add column decision_when_requested jsonb,
  add column facts                   jsonb,
  -- the groups of who requested it; null where they are not known
  add column requested_by_groups     jsonb;
