package dev.baton.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server that keeps what was committed, as Baton demands (zonky's defaults don't). */
final class TestDatabase implements AutoCloseable {
  static final String USER = "postgres";
  private final EmbeddedPostgres server;

  private TestDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  static TestDatabase start() throws IOException {
    return new TestDatabase(
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .start());
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort());
  }

  /** The instance that works on the failover of a datastore whose call awaits its answer. */
  Optional<String> callerTo(String datastore) {
    return first(
        """
        select task.picked_by
          from failover
          join failover_attempt attempt on attempt.failover_id = failover.id
          join scheduled_tasks task
            on task.task_name = 'failover' and task.task_instance = failover.id::text
         where failover.global_replication_group_id = ?
           and attempt.answered_at is null and task.picked
        """,
        datastore);
  }

  /** The instance that looks at a Region just now. */
  Optional<String> observerOf(String region) {
    return first(
        """
        select picked_by from scheduled_tasks
         where task_name = 'observer' and task_instance like ? and picked
        """,
        "%/" + region);
  }

  /** The instance whose change of a failover waits for a lock on it. */
  Optional<String> waiterFor(String id) {
    return first(
        """
        select picked_by from scheduled_tasks
         where task_name = 'failover' and task_instance = ? and picked
           and exists (select from pg_stat_activity
                        where wait_event_type = 'Lock' and query like '%from failover %')
        """,
        id);
  }

  /** Keeps everybody from changing a failover until it is closed. */
  Connection lock(String id) throws SQLException {
    var connection = connect();
    connection.setAutoCommit(false);
    try (var statement =
        connection.prepareStatement("select from failover where id = ?::uuid for update")) {
      statement.setString(1, id);
      statement.execute();
    }
    return connection;
  }

  int failoversOf(String datastore) {
    return first(
            "select count(*)::text from failover where global_replication_group_id = ?", datastore)
        .map(Integer::parseInt)
        .orElseThrow();
  }

  private Optional<String> first(String query, String parameter) {
    try (var connection = connect();
        var statement = connection.prepareStatement(query)) {
      statement.setString(1, parameter);
      List<String> found = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found.stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("the test's database can't be asked", e);
    }
  }

  private Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
