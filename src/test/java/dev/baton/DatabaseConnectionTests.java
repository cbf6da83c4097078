package dev.baton;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How Baton's connections, as they are set up, get on where a server of the database doesn't. */
@BatonTest
class DatabaseConnectionTests {
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
}
