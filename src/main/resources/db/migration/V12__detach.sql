-- A third mode: the target leaves the Global datastore, and may end the failover that got stuck.
alter table failover
  drop constraint failover_mode_check,
  drop constraint failover_effect_check,
  add column supersedes uuid references failover (id),
  add constraint failover_mode_check check (mode in ('SWITCHOVER', 'FAILOVER', 'DETACH')),
  add constraint failover_effect_check check (effect in (
    'PROMOTED', 'DETACHED', 'ALREADY_PRIMARY', 'NONE', 'UNKNOWN')),
  add check (supersedes is null or mode = 'DETACH');
