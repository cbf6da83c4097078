-- What people say and do about a failover beside asking for it.
alter table failover
  add column overrides           jsonb       not null default '[]',
  add column scheduled_for       timestamptz,
  -- whether start_before was asked for; if not, it is so long after the failover may start
  add column start_before_given  boolean     not null default true,
  add column failback_of         uuid        references failover (id),
  add column soaks_until         timestamptz,
  -- who requested it, by whatever token; null where that was not kept: then it is the subject
  add column requested_by_person text,
  -- whose approval was demanded, and who has given theirs; null if nobody was asked
  add column consent             jsonb,
  -- of a failover for which rules were set aside, what somebody else found when they looked into it
  add column review              jsonb,
  add column awaiting_review     boolean     not null default false;

create index failover_awaiting_approval on failover (requested_at, id)
  where status = 'AWAITING_APPROVAL';
create index failover_awaiting_review on failover (requested_at desc, id desc)
  where awaiting_review;
