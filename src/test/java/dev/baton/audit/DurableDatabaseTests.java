package dev.baton.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.BatonTest;
import dev.baton.core.RefusedToStartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;

@BatonTest
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

  private JdbcClient database(String synchronousCommit) {
    var source = new PGSimpleDataSource();
    source.setUrl(connection.getJdbcUrl());
    source.setUser(connection.getUsername());
    source.setPassword(connection.getPassword());
    source.setOptions("-c synchronous_commit=" + synchronousCommit);
    return JdbcClient.create(source);
  }
}
