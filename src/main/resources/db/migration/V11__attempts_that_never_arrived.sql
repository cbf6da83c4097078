-- Whether an attempt never reached AWS: then the next one goes to another Region's endpoint.
alter table failover_attempt add column unreached boolean not null default false;
