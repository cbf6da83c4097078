package dev.baton.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * A PostgreSQL server of its own that lasts as long as this process: durable (zonky's defaults are
 * not), and closed to everybody else on this machine by a random password.
 */
final class LocalDatabase implements AutoCloseable {
  static final String USER = "postgres";
  private static final String DATABASE = "postgres";

  private final EmbeddedPostgres server;
  private final String password;

  private LocalDatabase(EmbeddedPostgres server, String password) {
    this.server = server;
    this.password = password;
  }

  static LocalDatabase start() {
    try {
      var directory = Files.createTempDirectory("baton-postgres");
      var server =
          EmbeddedPostgres.builder()
              .setDataDirectory(directory)
              .setCleanDataDirectory(true)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("password_encryption", "scram-sha-256")
              .start();
      var password = randomPassword();
      demandPassword(server, directory, password);
      return new LocalDatabase(server, password);
    } catch (IOException e) {
      throw new UncheckedIOException("the local PostgreSQL did not start", e);
    } catch (SQLException e) {
      throw new IllegalStateException("the local PostgreSQL could not be closed to others", e);
    }
  }

  private static void demandPassword(EmbeddedPostgres server, Path directory, String password)
      throws IOException, SQLException {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("alter user %s password '%s'".formatted(USER, password));
      Files.writeString(
          directory.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
      statement.execute("select pg_reload_conf()");
    }
  }

  private static String randomPassword() {
    var bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), DATABASE);
  }

  String password() {
    return password;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
