-- Every version of every policy. The youngest of a name is in force, unless it withdraws the policy.
create table policy_version (
  name           text        not null,
  version        integer     not null check (version > 0),
  -- as it was sent, with its comments; null where the policy is withdrawn
  document       text,
  author_subject text        not null,
  author_kind    text        not null,
  comment        text        not null,
  stored_at      timestamptz not null,
  primary key (name, version)
);

create function policy_version_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'policy_version is append-only: % is refused', tg_op using errcode = '42501';
end
$$;

create trigger policy_version_append_only
  before update or delete on policy_version
  for each row execute function policy_version_is_append_only();

create trigger policy_version_no_truncate
  before truncate on policy_version
  for each statement execute function policy_version_is_append_only();

-- Whoever changes what calls are decided by locks this row for it; whoever commits the intent to
-- call shares it. So no call is decided by what is no longer in force. The revision counts changes.
create table policy_gate (
  only_row boolean primary key default true check (only_row),
  revision bigint  not null
);
insert into policy_gate (revision) values (0);
