package dev.baton.process;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Keeps a transaction that is about to append an entry to a failover's audit stream from being
 * committed: the database lets the entry wait for a lock that this holds.
 */
final class DatabaseGate implements Hold {
  private final Fleet fleet;
  private final Connection connection;
  private final String type;
  private final String datastore;

  private DatabaseGate(Fleet fleet, Connection connection, String type, String datastore) {
    this.fleet = fleet;
    this.connection = connection;
    this.type = type;
    this.datastore = datastore;
  }

  static DatabaseGate shut(Fleet fleet, String type, String datastore) {
    try {
      var connection = fleet.database.connect();
      try (var statement = connection.createStatement()) {
        statement.execute(
            """
            create or replace function wait_at_the_gate() returns trigger language plpgsql as $$
            begin
              perform pg_advisory_xact_lock_shared(
                  hashtext(new.type), hashtext(global_replication_group_id))
                from failover where new.stream = 'failover/' || id;
              return new;
            end
            $$;
            do $$
            begin
              -- Once: it takes a lock on the table, which whoever waits at a gate has, too.
              if not exists (select from pg_trigger where tgname = 'gate') then
                create trigger gate before insert on audit_entry
                  for each row execute function wait_at_the_gate();
              end if;
            end
            $$;
            """);
      }
      try (var statement =
          connection.prepareStatement("select pg_advisory_lock(hashtext(?), hashtext(?))")) {
        statement.setString(1, type);
        statement.setString(2, datastore);
        statement.execute();
      }
      return new DatabaseGate(fleet, connection, type, datastore);
    } catch (SQLException e) {
      throw new IllegalStateException("the gate can't be shut", e);
    }
  }

  @Override
  public Optional<BatonProcess> awaitCaught(Duration patience) {
    try {
      return await()
          .atMost(patience)
          .pollInterval(Duration.ofMillis(50))
          .until(this::whoWaits, Optional::isPresent)
          .map(fleet::named);
    } catch (ConditionTimeoutException _) {
      return Optional.empty();
    }
  }

  private Optional<String> whoWaits() {
    return fleet
        .database
        .rows(
            """
            select task.picked_by
              from failover
              join scheduled_tasks task
                on task.task_name = 'failover' and task.task_instance = failover.id::text
             where failover.finished_at is null
               and failover.global_replication_group_id = ? and task.picked
               and exists (select from pg_locks
                            where locktype = 'advisory' and objsubid = 2 and not granted
                              and classid = hashtext(?)::oid and objid = hashtext(?)::oid)
            """,
            datastore,
            type,
            datastore)
        .stream()
        .findFirst();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the gate can't be opened", e);
    }
  }
}
