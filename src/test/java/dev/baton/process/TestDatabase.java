package dev.baton.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL server that keeps what was committed, as Baton demands (zonky's defaults don't). */
public final class TestDatabase implements AutoCloseable {
  public static final String USER = "postgres";
  private final EmbeddedPostgres server;

  private TestDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  static TestDatabase start() throws IOException {
    return start(Map.of());
  }

  /** With further settings of the server. */
  public static TestDatabase start(Map<String, String> settings) throws IOException {
    var builder =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1");
    settings.forEach(builder::setServerConfig);
    return new TestDatabase(builder.start());
  }

  /** The address of another database on the same server. */
  public String url(String name) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), name);
  }

  /** Makes a database as another one is, which nobody may be connected to. */
  void copy(String from, String to) {
    run("drop database if exists " + to);
    run("create database %s template %s".formatted(to, from));
  }

  private void run(String statement) {
    run(USER, statement);
  }

  /** Executes statements in another database of the same server. */
  public void run(String database, String statement) {
    try (var connection = server.getDatabase(USER, database).getConnection();
        var execution = connection.createStatement()) {
      execution.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("the test's server refused: " + statement, e);
    }
  }

  public int port() {
    return server.getPort();
  }

  public String url() {
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

  int failoversOf(String datastore) {
    return first(
            "select count(*)::text from failover where global_replication_group_id = ?", datastore)
        .map(Integer::parseInt)
        .orElseThrow();
  }

  /** The status of the newest failover of a datastore. */
  String statusOf(String datastore) {
    return first(
            """
            select status from failover
             where global_replication_group_id = ? order by requested_at desc
            """,
            datastore)
        .orElse("");
  }

  private Optional<String> first(String query, String parameter) {
    return rows(query, parameter).stream().findFirst();
  }

  /** What a query of one column finds in another database of the same server. */
  public List<String> rowsOf(String database, String query) {
    try (var connection = server.getDatabase(USER, database).getConnection()) {
      return rows(connection, query);
    } catch (SQLException e) {
      throw new IllegalStateException("the test's database can't be asked", e);
    }
  }

  /** What a query of one column finds. */
  public List<String> rows(String query, String... parameters) {
    try (var connection = connect()) {
      return rows(connection, query, parameters);
    } catch (SQLException e) {
      throw new IllegalStateException("the test's database can't be asked", e);
    }
  }

  private static List<String> rows(Connection connection, String query, String... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      for (int number = 1; number <= parameters.length; number++) {
        statement.setString(number, parameters[number - 1]);
      }
      List<String> found = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  public Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  /**
   * Stops the server, which ends all connections, and starts it again where it was.
   *
   * @param mode pg_ctl's: {@code fast}, or {@code immediate}, which is a crash
   */
  void restart(String mode) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // PostgreSQL doesn't run as root: this is how it was started, too.
      command.addAll(List.of("unshare", "-U"));
    }
    var binaries = rows("select setting from pg_config where name = 'BINDIR'").getFirst();
    var directory = rows("show data_directory").getFirst();
    command.add(Path.of(binaries, "pg_ctl").toString());
    command.addAll(List.of("restart", "-w", "-D", directory, "-m", mode));
    command.addAll(List.of("-l", Path.of(directory, "restarted.log").toString()));
    var exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException("%s ended with %d".formatted(command, exit));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
