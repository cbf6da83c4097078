package dev.baton.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@BatonTest
class AppendOnlyTests {
  @Autowired private RunningBaton baton;
  @Autowired private DataSource database;

  @ParameterizedTest
  @CsvSource({
    "UPDATE, update audit_entry set actor_subject = 'mallory'",
    "UPDATE, update audit_entry set hash = hash where sequence = 1",
    "DELETE, delete from audit_entry",
    "TRUNCATE, truncate audit_entry",
    "TRUNCATE, truncate audit_entry cascade"
  })
  void refusesToChangeTheAuditLogEvenToTheDatabasesOwner(String operation, String statement) {
    recorded();

    var refusal = catchThrowableOfType(SQLException.class, () -> execute(statement));

    assertThat(refusal.getSQLState()).isEqualTo("42501");
    assertThat(refusal.getMessage()).contains("append-only: %s is refused".formatted(operation));
  }

  @Test
  void refusesASecondEntryWithTheSameNumber() {
    recorded();

    var refusal =
        catchThrowableOfType(
            SQLException.class,
            () ->
                execute(
                    """
                    insert into audit_entry (stream, sequence, type, actor_subject, actor_kind,
                      occurred_at, data, previous_hash, hash)
                    select stream, sequence, type, actor_subject, actor_kind, occurred_at, data,
                      previous_hash, hash from audit_entry limit 1
                    """));

    assertThat(refusal.getSQLState()).isEqualTo("23505");
  }

  /** Makes sure that there is an entry to change. */
  private void recorded() {
    baton.accepted(Ask.switchover(baton.datastore()));
  }

  private void execute(String statement) throws SQLException {
    try (var connection = database.getConnection();
        var plain = connection.createStatement()) {
      plain.execute(statement);
    }
  }
}
