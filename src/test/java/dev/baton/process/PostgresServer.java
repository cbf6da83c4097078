package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One server of a cluster: Debian's PostgreSQL, whose processes can be stopped dead. */
final class PostgresServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final Path directory;
  private final int port;
  private final Process postmaster;

  private PostgresServer(String name, Path directory, int port, Process postmaster) {
    this.name = name;
    this.directory = directory;
    this.port = port;
    this.postmaster = postmaster;
  }

  /** Starts a server on a directory that is made already; up when this returns. */
  static PostgresServer start(PostgresBinaries binaries, String name, Path directory, int port)
      throws IOException {
    var log = Files.createDirectories(BatonProcess.LOGS).resolve("postgres-" + name + ".log");
    var postmaster =
        binaries
            .command(
                "postgres",
                "-D",
                directory.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "cluster_name=" + name)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var server = new PostgresServer(name, directory, port, postmaster);
    await("PostgreSQL %s is up, see %s".formatted(name, log))
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IllegalStateException.class)
        .until(() -> {
          assertThat(postmaster.isAlive()).as("%s runs, see %s", name, log).isTrue();
          return server.ask("select 'up'").equals("up");
        });
    return server;
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /** SIGSTOP to every process of it: the kernel still takes connections, and nobody answers. */
  void freeze() throws IOException, InterruptedException {
    // The postmaster first: then no process is added while the others are stopped.
    signal("STOP", List.of(postmaster.toHandle()));
    signal("STOP", postmaster.descendants().toList());
  }

  /** SIGCONT: it goes on as if no time had passed, and knows of nothing. */
  void thaw() throws IOException, InterruptedException {
    signal(
        "CONT", Stream.concat(postmaster.descendants(), Stream.of(postmaster.toHandle())).toList());
  }

  private void signal(String signal, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    for (var one : processes) {
      var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(one.pid())).start();
      assertThat(kill.waitFor() == 0 || !one.isAlive()).as("%s of %s", signal, name).isTrue();
    }
  }

  /** The first column of the first row, where it doesn't matter in which database. */
  String ask(String query) {
    return ask("postgres", query);
  }

  /** The first column of the first row in Baton's database. */
  String askBaton(String query) {
    return ask("baton", query);
  }

  private String ask(String database, String query) {
    try (var connection = connect(database, PATIENCE);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      assertThat(rows.next()).as("%s answers %s", name, query).isTrue();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("%s can't be asked: %s".formatted(name, query), e);
    }
  }

  /** Changes a setting for good, at once. */
  void set(String setting, String value) {
    run("alter system set %s = '%s'".formatted(setting, value));
    ask("select pg_reload_conf()");
  }

  void run(String statement) {
    try (var connection = connect("postgres", PATIENCE);
        var execution = connection.createStatement()) {
      execution.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("%s refused: %s".formatted(name, statement), e);
    }
  }

  /** A connection of the superuser that waits for answers no longer than that. */
  Connection connect(String database, Duration answersWithin) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", PostgresCluster.SUPERUSER);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("sslmode", "disable");
    properties.setProperty("socketTimeout", Long.toString(answersWithin.toSeconds()));
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), properties);
  }

  /** SIGQUIT: all of its processes end at once, as in a crash. */
  void crash() {
    try {
      thaw();
      signal("QUIT", List.of(postmaster.toHandle()));
      if (!postmaster.waitFor(20, TimeUnit.SECONDS)) {
        postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
        postmaster.destroyForcibly();
      }
    } catch (IOException e) {
      throw new IllegalStateException("%s in %s doesn't end".formatted(name, directory), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (postmaster.isAlive()) {
      crash();
    }
  }
}
