-- Many failovers as one: the plan, frozen when it was requested, and how far it has come.
create table evacuation (
  id                   uuid        primary key,
  version              bigint      not null,
  status               text        not null check (status in (
    'AWAITING_APPROVAL', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  -- in words: why it stands as it does
  cause                text        not null,
  simulated            boolean     not null,
  -- what was asked for
  terms                jsonb       not null,
  requested_by_subject text        not null,
  requested_by_kind    text        not null,
  requested_by_person  text        not null,
  -- null where the request did not name them
  requested_by_groups  jsonb,
  requested_at         timestamptz not null,
  updated_at           timestamptz not null,
  finished_at          timestamptz,
  consent              jsonb       not null,
  -- the evacuation that this one takes back
  rollback_of          uuid        references evacuation (id),
  -- so many members had failed when somebody let it go on
  accepted_failures    int         not null,
  -- nothing starts any more, and what has not been sent is cancelled
  aborting             boolean     not null,
  -- what its last entry in the audit log told
  told                 text        not null,
  check ((finished_at is not null) = (status in ('SUCCEEDED', 'FAILED', 'CANCELLED')))
);

create index evacuation_newest_first on evacuation (requested_at desc, id desc);

-- A Global datastore that is part of it; with wave 0, one that was selected and left out.
create table evacuation_member (
  evacuation_id               uuid    not null references evacuation (id),
  position                    int     not null,
  wave                        int     not null check (wave >= 0),
  account_id                  text    not null,
  global_replication_group_id text    not null,
  source_region               text,
  source_replication_group_id text,
  target_region               text,
  target_replication_group_id text,
  -- when it was planned
  readiness                   text,
  lag_seconds                 double precision,
  -- the failover that it takes back
  failback_of                 uuid    references failover (id),
  -- its failover, once it has started
  failover_id                 uuid    references failover (id),
  -- nothing more happens to it
  ended                       boolean not null,
  -- how it ended without a failover, and why
  outcome                     text    check (outcome in ('LEFT_OUT', 'TURNED_AWAY', 'CANCELLED')),
  why                         text,
  primary key (evacuation_id, position)
);

-- A Global datastore is part of one evacuation at a time.
create unique index evacuation_member_once
  on evacuation_member (account_id, global_replication_group_id) where not ended;
create index evacuation_member_failover on evacuation_member (failover_id)
  where failover_id is not null;

alter table failover add column evacuation_id uuid references evacuation (id);
create index failover_of_evacuation on failover (evacuation_id, requested_at desc, id desc)
  where evacuation_id is not null;
