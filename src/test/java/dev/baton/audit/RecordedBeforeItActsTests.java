package dev.baton.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.Fault;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@BatonTest
class RecordedBeforeItActsTests {
  @Autowired private RunningBaton baton;
  @Autowired private DataSource database;

  @Test
  void hasCommittedTheIntentWhenAwsSeesTheCall() throws InterruptedException {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.hold(), 1);
    var id = baton.accepted(Ask.switchover(datastore));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();

    var committed =
        JdbcClient.create(database)
            .sql("select type from audit_entry where stream = ? order by sequence")
            .param("failover/" + id)
            .query(String.class)
            .list();
    var promotions = baton.aws().effectivePromotions(datastore);
    baton.aws().release();

    assertThat(committed).containsExactly("FAILOVER_REQUESTED", "CALL_INTENDED");
    assertThat(promotions).isZero();
    baton.awaitEnd(id, "SUCCEEDED");
  }

  @Test
  void tellsTheWholeStoryInOrder() {
    var datastore = baton.datastore();
    var id = baton.accepted(Ask.switchover(datastore).with("reference", "OPS-7"));
    var failover = baton.awaitEnd(id, "SUCCEEDED");

    var entries = baton.audit("failover/" + id);

    assertThat(entries)
        .extracting(entry -> entry.path("type").stringValue())
        .startsWith("FAILOVER_REQUESTED", "CALL_INTENDED", "CALL_ANSWERED")
        .endsWith("FAILOVER_SUCCEEDED");
    assertThat(entries.subList(3, entries.size() - 1))
        .allSatisfy(entry -> assertThat(type(entry)).isEqualTo("TOPOLOGY_OBSERVED"));
    var requested = entries.getFirst();
    assertThat(requested.path("actor")).hasToString("{\"subject\":\"alice\",\"kind\":\"PERSON\"}");
    assertThat(requested.path("data").path("reason").stringValue())
        .isEqualTo("us-east-1 is drained");
    assertThat(requested.path("data").path("reference").stringValue()).isEqualTo("OPS-7");
    assertThat(requested.path("data").path("decision")).isEqualTo(failover.path("decision"));
    var intended = entries.get(1);
    assertThat(intended.path("actor")).hasToString("{\"subject\":\"baton\",\"kind\":\"BATON\"}");
    assertThat(intended.path("data").path("attempt").intValue()).isEqualTo(1);
    assertThat(intended.path("data").path("parameters").path("PrimaryRegion").stringValue())
        .isEqualTo("us-west-2");
    var answered = entries.get(2).path("data");
    assertThat(answered.path("outcome").stringValue()).isEqualTo("ACCEPTED");
    assertThat(answered.path("awsRequestId").stringValue())
        .isEqualTo(baton.calls(datastore).getFirst().requestId());
    assertThat(entries.getLast().path("data").path("effect").stringValue()).isEqualTo("PROMOTED");
    assertThat(entries.getLast().path("data").path("finishedAt").stringValue())
        .isEqualTo(failover.path("finishedAt").stringValue());
  }

  @Test
  void numbersAStreamWithoutGaps() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    baton.awaitEnd(id, "SUCCEEDED");

    var entries = baton.audit("failover/" + id);

    for (int index = 0; index < entries.size(); index++) {
      assertThat(entries.get(index).path("sequence").intValue()).isEqualTo(index + 1);
    }
  }

  private static String type(JsonNode entry) {
    return entry.path("type").stringValue();
  }
}
