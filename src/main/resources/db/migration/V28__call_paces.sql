-- How fast each kind of call may go to a Region of an account, as learned from AWS, and when the
-- next may go: shared by all instances. Nothing is lost with it that isn't learned again at once.
create unlogged table call_pace (
  account_id   text             not null,
  region       text             not null,
  kind         text             not null,
  per_second   double precision not null check (per_second > 0),
  -- at which pace AWS asked to slow down last
  too_fast     double precision,
  slowed_at    timestamptz,
  next_at      timestamptz      not null,
  used_at      timestamptz      not null,
  primary key (account_id, region, kind)
) with (fillfactor = 50);
