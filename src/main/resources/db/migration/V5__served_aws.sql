-- Which AWS this database is about: one row, written at the first start.
create table served_aws (
  only_row boolean primary key default true check (only_row),
  name     text    not null
);
