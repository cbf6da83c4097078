-- How fit each target is to become primary, as the observers judged it last.
create table readiness (
  account_id                  text        not null,
  global_replication_group_id text        not null,
  region                      text        not null,
  level                       text        not null check (level in ('READY', 'ATTENTION', 'BLOCKED')),
  -- all that stands against it: level, code, explanation
  reasons                     jsonb       not null,
  -- when this level with these codes was judged first
  since                       timestamptz not null,
  judged_at                   timestamptz not null,
  primary key (account_id, global_replication_group_id, region)
);

-- What a Region is asked for seldom, and then for all that it has: one row a subject.
create table survey (
  account_id text        not null,
  region     text        not null,
  subject    text        not null check (subject in ('GROUPS', 'LAGS')),
  -- when some instance asked last, or is asking
  asked_at   timestamptz not null,
  -- when the question was sent whose answer this is; null before the first
  read_at    timestamptz,
  -- by the id of the replication group
  answer     jsonb       not null default '{}',
  -- why there was no answer the last time; null if there was
  failure    text,
  primary key (account_id, region, subject)
);
