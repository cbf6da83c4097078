-- What AWS showed last, as each Region's endpoint showed it.
create table observation (
  account_id                  text        not null,
  region                      text        not null,
  global_replication_group_id text        not null,
  -- when the describe that saw it began: what it shows was true then or later
  began_at                    timestamptz not null,
  -- when the first describe began of those that have shown the same state ever since
  since                       timestamptz not null,
  -- status, roles and members' statuses, to tell whether the state is the same
  state                       text        not null,
  snapshot                    jsonb       not null,
  primary key (account_id, region, global_replication_group_id)
);
