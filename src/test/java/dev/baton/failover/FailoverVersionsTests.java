package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.baton.BatonTest;
import dev.baton.FailingOnce;
import dev.baton.RunningBaton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

@BatonTest
class FailoverVersionsTests {
  private static final FailoverId NOBODY = new FailoverId(new UUID(0, 0));

  private final FailingOnce database;
  private final FailoverVersions versions;

  FailoverVersionsTests(@Autowired DataSource database) {
    this.database = new FailingOnce(database);
    this.versions = new FailoverVersions(JdbcClient.create(this.database));
  }

  @BeforeEach
  void start() {
    versions.start();
  }

  @AfterEach
  void stop() {
    versions.stop();
  }

  @Test
  void answersWhoAsksAfterADatabaseThatFailed() {
    database.failOnce(new SQLException("the database is not there"));

    assertThatThrownBy(this::ask).isInstanceOf(DataAccessException.class);
    assertThat(ask()).isEmpty();
  }

  @Test
  void answersWhoAsksAfterAnError() {
    database.failOnce(new StackOverflowError("nothing went deep"));

    assertThatThrownBy(this::ask).hasRootCauseMessage("nothing went deep");
    assertThat(ask()).isEmpty();
  }

  /** Whoever would never be answered fails, rather than to wait. */
  private Optional<FailoverVersions.Version> ask() {
    return assertTimeoutPreemptively(RunningBaton.PATIENCE, () -> versions.of(NOBODY));
  }
}
