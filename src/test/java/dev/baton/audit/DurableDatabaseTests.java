package dev.baton.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.BatonTest;
import dev.baton.core.RefusedToStartException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.replication.LogSequenceNumber;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@BatonTest
@ExtendWith(OutputCaptureExtension.class)
class DurableDatabaseTests {
  @Autowired private JdbcConnectionDetails connection;

  @Test
  void refusesADatabaseThatMayForgetWhatItCommitted() {
    var refusal =
        catchThrowableOfType(
            RefusedToStartException.class,
            () -> new DurableDatabase(database("off")).afterPropertiesSet());

    assertThat(refusal).hasMessageContaining("synchronous_commit=off");
    assertThat(refusal.action()).contains("Set synchronous_commit=on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "local", "remote_apply"})
  void takesADatabaseThatRemembers(String synchronousCommit) {
    assertThatCode(() -> new DurableDatabase(database(synchronousCommit)).afterPropertiesSet())
        .doesNotThrowAnyException();
  }

  @Test
  void warnsWhereAStandbyMayBeBehindWhatWasCommitted(CapturedOutput output) throws Exception {
    try (var server = durableServer();
        var _ = standby(server)) {
      new DurableDatabase(JdbcClient.create(server.getPostgresDatabase())).afterPropertiesSet();
    }

    assertThat(output).contains("a standby that is promoted may have forgotten");
  }

  private static EmbeddedPostgres durableServer() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .start();
  }

  /** As far as the server can tell: somebody who receives what it writes. */
  private static Connection standby(EmbeddedPostgres server) throws SQLException {
    var properties = new Properties();
    PGProperty.USER.set(properties, "postgres");
    PGProperty.REPLICATION.set(properties, "true");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    var connection =
        DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"), properties);
    connection
        .unwrap(PGConnection.class)
        .getReplicationAPI()
        .replicationStream()
        .physical()
        .withStartPosition(LogSequenceNumber.valueOf("0/1000000"))
        .start();
    return connection;
  }

  private JdbcClient database(String synchronousCommit) {
    var source = new PGSimpleDataSource();
    source.setUrl(connection.getJdbcUrl());
    source.setUser(connection.getUsername());
    source.setPassword(connection.getPassword());
    source.setOptions("-c synchronous_commit=" + synchronousCommit);
    return JdbcClient.create(source);
  }
}
