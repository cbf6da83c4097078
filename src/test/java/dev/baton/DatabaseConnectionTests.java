package dev.baton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How Baton's connections, as they are set up, get on where a server of the database doesn't. */
@BatonTest
class DatabaseConnectionTests {
  private static final String CUT_OFF =
      "No standby acknowledges what this server commits; it needs ANY 1 (b, c)";

  /** Longer than the pool takes a connection on trust after its last use. */
  private static final Duration RESTED = Duration.ofSeconds(1);

  @Autowired private HikariDataSource database;

  @Test
  void waitForNoAnswerForEver() throws SQLException {
    assertThat(patience(database.getJdbcUrl())).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void letTheUrlComeFirst() throws SQLException {
    assertThat(patience(database.getJdbcUrl() + "?socketTimeout=7"))
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void findThePrimaryBehindAServerThatTakesConnectionsAndSaysNothing() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var pool = pool(inThisOrder(silent.getLocalPort(), database.getJdbcUrl()));
        var connection = pool.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void refuseAPrimaryThatHasLostTheStandbysItsCommitsNeed() throws Exception {
    try (var server = EmbeddedPostgres.builder().start();
        var pool = pool(server.getJdbcUrl("postgres", "postgres"))) {
      pool.getConnection().close();
      demandStandbys(server);

      await("the connection that rested is refused, and so are new ones")
          .pollInterval(RESTED)
          .untilAsserted(() ->
              assertThatThrownBy(() -> pool.getConnection().close())
                  .hasStackTraceContaining(CUT_OFF));
    }
  }

  private Duration patience(String url) throws SQLException {
    try (var pool = pool(url);
        var connection = pool.getConnection()) {
      return Duration.ofMillis(connection.getNetworkTimeout());
    }
  }

  /** As Baton's own pool, but of one connection, and to another address. */
  private HikariDataSource pool(String url) {
    var config = new HikariConfig();
    database.copyStateTo(config);
    config.setJdbcUrl(url);
    config.setPoolName("a pool of one");
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }

  private static String inThisOrder(int port, String url) {
    return url.replace("127.0.0.1:", "127.0.0.1:%d,127.0.0.1:".formatted(port))
        + "?loadBalanceHosts=false";
  }

  private static void demandStandbys(EmbeddedPostgres server) throws SQLException {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("alter system set synchronous_standby_names = 'ANY 1 (b, c)'");
      statement.execute("select pg_reload_conf()");
    }
  }
}
