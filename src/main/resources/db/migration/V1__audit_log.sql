-- The audit log. Everything that Baton does or refuses is an entry here, chained per stream.
create table audit_entry (
  position       bigint generated always as identity primary key,
  transaction_id xid8        not null default pg_current_xact_id(),
  stream         text        not null,
  sequence       bigint      not null check (sequence > 0),
  type           text        not null check (type ~ '^[A-Z][A-Z0-9_]*$'),
  actor_subject  text        not null,
  actor_kind     text        not null,
  occurred_at    timestamptz not null,
  -- json, not jsonb: what was hashed is what is stored
  data           json        not null,
  previous_hash  text        check (previous_hash ~ '^[0-9a-f]{64}$'),
  hash           text        not null check (hash ~ '^[0-9a-f]{64}$'),
  unique (stream, sequence),
  check ((sequence = 1) = (previous_hash is null))
);

-- position is not commit order: readers across streams go by the transaction first
create index audit_entry_commit_order on audit_entry (transaction_id, position);

create function audit_entry_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_entry is append-only: % is refused', tg_op using errcode = '42501';
end
$$;

create trigger audit_entry_append_only
  before update or delete on audit_entry
  for each row execute function audit_entry_is_append_only();

create trigger audit_entry_no_truncate
  before truncate on audit_entry
  for each statement execute function audit_entry_is_append_only();
