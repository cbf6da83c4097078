package dev.baton.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.baton.BatonTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BatonTest
class DatabaseFailuresTests {
  @Autowired private JdbcClient database;
  @Autowired private TransactionTemplate transactions;

  @Test
  void passWhereTheConnectionIsLostInTheMiddleOfATransaction() {
    var failure = failureOf("select pg_terminate_backend(pg_backend_pid())");

    assertThat(DatabaseFailures.isPassing(failure)).as("%s passes", failure).isTrue();
  }

  @Test
  void dontPassWhereTheStatementIsWrong() {
    assertThat(DatabaseFailures.isPassing(failureOf("select nothing"))).isFalse();
  }

  private Throwable failureOf(String statement) {
    return catchThrowable(
        () -> transactions.executeWithoutResult(_ -> database.sql(statement).query().listOfRows()));
  }
}
