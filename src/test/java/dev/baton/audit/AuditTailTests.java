package dev.baton.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.BatonTest;
import dev.baton.FailingOnce;
import dev.baton.RunningBaton;
import dev.baton.core.Actor;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@BatonTest
class AuditTailTests {
  @Autowired private AuditLog audit;
  @Autowired private TransactionOperations transactions;
  @Autowired private InstantSource clock;
  private final FailingOnce database;
  private final AuditTail tail;

  AuditTailTests(@Autowired DataSource database, @Autowired AuditRows rows) {
    this.database = new FailingOnce(database);
    this.tail = new AuditTail(JdbcClient.create(this.database), rows);
  }

  @BeforeEach
  void start() {
    tail.start();
  }

  @AfterEach
  void stop() {
    tail.stop();
  }

  static List<Throwable> failures() {
    return List.of(
        new SQLException("the database is not there"), new StackOverflowError("too deep"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void followsOnAfterAFailure(Throwable failure) throws InterruptedException {
    var stream = AuditStream.of("test", RunningBaton.newId());
    try (var follower = tail.follow(stream, 0)) {
      database.failOnce(failure);
      Awaitility.await().atMost(RunningBaton.PATIENCE).until(database::hasFailed);

      transactions.executeWithoutResult(
          _ -> audit.append(stream, "TESTED", Actor.BATON, clock.instant(), Map.of()));

      assertThat(follower.next(RunningBaton.PATIENCE))
          .extracting(AuditEntry::type)
          .containsExactly("TESTED");
    }
  }
}
