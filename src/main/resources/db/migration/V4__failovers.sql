create table failover (
  id                          uuid        primary key,
  version                     bigint      not null,
  account_id                  text        not null,
  global_replication_group_id text        not null,
  source_region               text,
  source_replication_group_id text,
  target_region               text        not null,
  target_replication_group_id text        not null,
  mode                        text        not null check (mode in ('SWITCHOVER', 'FAILOVER')),
  status                      text        not null check (status in (
    'AWAITING_APPROVAL', 'SCHEDULED', 'PENDING', 'SWITCHING', 'PROMOTING', 'OUTCOME_UNKNOWN',
    'STALLED', 'SUCCEEDED', 'FAILED', 'DENIED', 'CANCELLED', 'EXPIRED')),
  effect                      text        not null check (effect in (
    'PROMOTED', 'ALREADY_PRIMARY', 'NONE', 'UNKNOWN')),
  simulated                   boolean     not null,
  reason                      text        not null,
  reference                   text,
  accept_data_loss            boolean     not null,
  expected_primary_region     text,
  start_before                timestamptz not null,
  requested_by_subject        text        not null,
  requested_by_kind           text        not null,
  requested_at                timestamptz not null,
  updated_at                  timestamptz not null,
  finished_at                 timestamptz,
  promotion_started_at        timestamptz,
  -- in words: why it ended as it did, or why it isn't going on
  cause                       text        not null,
  -- what AWS showed when this was last judged
  evidence                    jsonb,
  decision                    jsonb       not null,
  check ((finished_at is not null)
    = (status in ('SUCCEEDED', 'FAILED', 'DENIED', 'CANCELLED', 'EXPIRED')))
);

-- At most one unfinished failover per account and Global datastore, whoever asks and wherever.
create unique index failover_one_at_a_time on failover (account_id, global_replication_group_id)
  where finished_at is null;

create index failover_newest_first on failover (requested_at desc, id desc);
create index failover_of_datastore
  on failover (account_id, global_replication_group_id, finished_at desc);

create table failover_attempt (
  failover_id    uuid        not null references failover (id),
  number         int         not null check (number > 0),
  action         text        not null,
  region         text        not null,
  intended_at    timestamptz not null,
  send_before    timestamptz not null,
  lands_before   timestamptz not null,
  answered_at    timestamptz,
  outcome        text check (outcome in ('ACCEPTED', 'NOT_EXECUTED', 'REFUSED', 'UNKNOWN')),
  passing        boolean     not null,
  aws_request_id text,
  error_code     text,
  error_message  text,
  primary key (failover_id, number),
  check (send_before < lands_before),
  check ((answered_at is null) = (outcome is null))
);
