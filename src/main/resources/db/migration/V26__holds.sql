-- What people hold back. None is ever deleted: it ends.
create table hold (
  id               uuid        primary key,
  scope            text        not null
    check (scope in ('ALL', 'ACCOUNT', 'REGION', 'GLOBAL_DATASTORES')),
  scope_value      text,
  reason           text        not null,
  set_by_subject   text        not null,
  set_by_kind      text        not null,
  set_at           timestamptz not null,
  expires_at       timestamptz,
  ended_at         timestamptz,
  ended_by_subject text,
  ended_by_kind    text,
  end_comment      text,
  check ((scope_value is null) = (scope = 'ALL')),
  check ((ended_at is null) = (ended_by_subject is null)),
  check ((ended_at is null) = (ended_by_kind is null)),
  check ((ended_at is null) = (end_comment is null))
);

create index hold_youngest_first on hold (set_at desc, id desc);
create index hold_standing on hold (set_at) where ended_at is null;
