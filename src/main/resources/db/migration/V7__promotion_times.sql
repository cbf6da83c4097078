-- How long promotions took is read from the youngest of a Global datastore, or of all.
create index failover_promoted on failover (account_id, finished_at desc)
  where effect = 'PROMOTED';
