-- When it was recorded: the primary was there by then. A describe that took its time to answer may
-- have begun well before the primary moved, so since says too little of when views agree again.
alter table recorded_primary add column recorded_at timestamptz;
update recorded_primary set recorded_at = since;
alter table recorded_primary alter column recorded_at set not null;
