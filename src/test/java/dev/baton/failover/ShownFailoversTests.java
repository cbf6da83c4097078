package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of how failovers are shown. */
@BatonTest
class ShownFailoversTests {
  @Autowired private RunningBaton baton;
  @Autowired private JdbcClient database;

  @Test
  void showsAtOnceWhatAnotherInstanceHasChanged() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    baton.awaitEnd(id, "SUCCEEDED");
    var before = baton.alice().get("/v1/failovers/" + id);

    changeElsewhere(id, "version + 1");

    var after = baton.alice().get("/v1/failovers/" + id);
    assertThat(after.json().path("reason").stringValue()).isEqualTo("changed elsewhere");
    assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
  }

  @Test
  void showsWhatARestoredDatabaseHasUnderTheSameVersion() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    baton.awaitEnd(id, "SUCCEEDED");
    baton.alice().get("/v1/failovers/" + id);

    changeElsewhere(id, "version");

    var after = baton.alice().get("/v1/failovers/" + id);
    assertThat(after.json().path("reason").stringValue()).isEqualTo("changed elsewhere");
  }

  private void changeElsewhere(String id, String version) {
    database
        .sql(
            """
            update failover set reason = 'changed elsewhere', updated_at = clock_timestamp(),
              version = %s
            where id = :id
            """
                .formatted(version))
        .param("id", UUID.fromString(id))
        .update();
  }
}
