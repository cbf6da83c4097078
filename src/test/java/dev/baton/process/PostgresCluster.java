package dev.baton.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/** A primary and two standbys, of which one at least has to have a commit before it counts. */
final class PostgresCluster implements AutoCloseable {
  static final String SUPERUSER = "postgres";
  static final String USER = "baton";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> SITES = List.of("a", "b", "c");
  private static final String SYNCHRONOUS = "ANY 1 (a, b, c)";

  private static final String SETTINGS =
      """
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      fsync = on
      synchronous_commit = on
      full_page_writes = on
      max_connections = 100
      wal_keep_size = '256MB'
      track_commit_timestamp = on
      """;

  private final PostgresBinaries binaries;
  private final Path room;
  private final List<PostgresServer> servers = new ArrayList<>();
  private final Thread atExit = new Thread(this::end);
  private PostgresServer primary;

  private PostgresCluster(PostgresBinaries binaries, Path room, PostgresServer primary) {
    this.binaries = binaries;
    this.room = room;
    this.primary = primary;
    servers.add(primary);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static PostgresCluster start() throws IOException, InterruptedException {
    var binaries = PostgresBinaries.find();
    var room = binaries.room();
    var directory = room.resolve(SITES.getFirst());
    binaries.run(
        "initdb", "-D", directory.toString(), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8");
    Files.writeString(directory.resolve("postgresql.conf"), SETTINGS, StandardOpenOption.APPEND);
    var primary = PostgresServer.start(binaries, SITES.getFirst(), directory, freePort());
    var cluster = new PostgresCluster(binaries, room, primary);
    cluster.fill();
    return cluster;
  }

  private void fill() throws IOException, InterruptedException {
    primary.run("create role %s login".formatted(USER));
    primary.run("create database baton owner %s".formatted(USER));
    for (var site : SITES.subList(1, SITES.size())) {
      servers.add(standby(site));
    }
    awaitStandbys(2);
    servers.forEach(server -> server.set("synchronous_standby_names", SYNCHRONOUS));
    await("both standbys are synchronous")
        .atMost(PATIENCE)
        .until(() -> primary.ask(standbysThat("sync_state = 'quorum'")).equals("2"));
  }

  private PostgresServer standby(String site) throws IOException, InterruptedException {
    var directory = room.resolve(site);
    binaries.run(
        "pg_basebackup",
        "-D",
        directory.toString(),
        "-h",
        "127.0.0.1",
        "-p",
        Integer.toString(primary.port()),
        "-U",
        SUPERUSER,
        "-c",
        "fast",
        "-R");
    return PostgresServer.start(binaries, site, directory, freePort());
  }

  private static void follow(PostgresServer standby, PostgresServer primary) {
    standby.set(
        "primary_conninfo", "host=127.0.0.1 port=%d user=%s".formatted(primary.port(), SUPERUSER));
  }

  void awaitStandbys(int count) {
    await("%d standbys follow %s".formatted(count, primary.name()))
        .atMost(PATIENCE)
        .until(() -> primary.ask(standbysThat("true")), Integer.toString(count)::equals);
  }

  private static String standbysThat(String condition) {
    return "select count(*) from pg_stat_replication where state = 'streaming' and " + condition;
  }

  PostgresServer primary() {
    return primary;
  }

  /**
   * What a promoter does when the primary is lost: first it cuts the standbys off, so that none of
   * them takes, and acknowledges, anything more from the old primary; then it promotes the one that
   * has most, which has all that was ever acknowledged.
   */
  PostgresServer promote() {
    var standbys = servers.stream().filter(server -> server != primary).toList();
    standbys.forEach(standby -> standby.set("primary_conninfo", ""));
    standbys.forEach(standby ->
        await("%s is cut off".formatted(standby.name()))
            .atMost(PATIENCE)
            .until(() -> standby.ask("select count(*) from pg_stat_wal_receiver").equals("0")));
    var promoted =
        standbys.stream().max(Comparator.comparingLong(PostgresCluster::received)).orElseThrow();
    promoted.ask("select pg_promote()");
    primary = promoted;
    standbys.stream().filter(one -> one != promoted).forEach(one -> follow(one, promoted));
    awaitStandbys(1);
    return promoted;
  }

  private static long received(PostgresServer standby) {
    return Long.parseLong(
        standby.ask("select (pg_last_wal_receive_lsn() - '0/0'::pg_lsn)::bigint"));
  }

  /** Where Baton finds it: the hosts, and nothing else. */
  String url() {
    return servers.stream()
        .map(server -> "127.0.0.1:" + server.port())
        .collect(Collectors.joining(",", "jdbc:postgresql://", "/baton"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void end() {
    servers.forEach(PostgresServer::close);
  }

  @Override
  public void close() throws IOException {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
    FileSystemUtils.deleteRecursively(room);
  }
}
