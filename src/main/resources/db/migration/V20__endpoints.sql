-- Where applications are to be pointed to after a failover, if it could be read in time.
alter table failover
  add column new_primary_address text,
  add column new_primary_port int check (new_primary_port between 1 and 65535),
  add check ((new_primary_address is null) = (new_primary_port is null)),
  add check (new_primary_address is null or status = 'SUCCEEDED');
