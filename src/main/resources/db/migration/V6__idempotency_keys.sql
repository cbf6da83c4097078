-- The keys under which requests may be repeated, and their first answers, for 24 hours.
create table idempotency_key (
  subject      text        not null,
  kind         text        not null,
  key          text        not null,
  -- SHA-256 of the body in RFC 8785's canonical form
  fingerprint  text        not null,
  -- who is at it; only that execution may keep an answer
  holder       uuid        not null,
  held_until   timestamptz not null,
  expires_at   timestamptz not null,
  -- what came of it, from the failover's own transaction on
  failover_id  uuid        references failover (id),
  accepted     boolean,
  e_tag        text,
  answer       json,
  primary key (subject, kind, key),
  check ((failover_id is null) = (accepted is null)),
  check ((failover_id is null) = (e_tag is null)),
  check ((failover_id is null) = (answer is null))
);

create index idempotency_key_expiry on idempotency_key (expires_at);
