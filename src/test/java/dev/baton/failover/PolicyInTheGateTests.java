package dev.baton.failover;

import static dev.baton.RunningBaton.IRELAND;
import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.StoredPolicy;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Policy is asked again right before each call, and what it goes by is known by then. */
@BatonTest
class PolicyInTheGateTests {
  private static final String FROZEN = "{name: frozen, require: 'false'}";
  private static final String OPEN = "{name: frozen, require: 'true'}";

  @Autowired private RunningBaton baton;
  @Autowired private JdbcClient database;

  @Test
  void refusesByARuleThatWasNotThereWhenTheFailoverWasRequested() {
    var datastore = baton.datastore();
    var id = baton.waiting(Ask.failover(datastore));
    StoredPolicy.about(datastore, baton).put(FROZEN);

    var denied = baton.awaitEnd(id, "DENIED");
    assertThat(denied.at("/policyChanges/0/rule").stringValue()).isEqualTo("frozen");
    assertThat(denied.at("/policyChanges/0/was").isMissingNode()).isTrue();
    assertThat(denied.at("/policyChanges/0/outcome").stringValue()).isEqualTo("REFUSED");
    assertThat(denied.path("explanation").stringValue())
        .contains("When it was requested, rule frozen of policy p-", "was not there");
    assertThat(baton.events(id).getLast().at("/data/policyChanges"))
        .isEqualTo(denied.path("policyChanges"));
    assertThat(baton.calls(datastore)).hasSize(RunningBaton.THROTTLED);
  }

  @Test
  void reportsWhatAnotherVersionOfAPolicySays() {
    var datastore = baton.datastore();
    var policy = StoredPolicy.about(datastore, baton);
    policy.put(OPEN);
    var id = baton.waiting(Ask.failover(datastore));
    assertThat(baton.failover(id).path("policyChanges")).isEmpty();
    policy.put(OPEN + " # still");

    var succeeded = baton.awaitEnd(id, "SUCCEEDED");
    var change = succeeded.at("/policyChanges/0");
    assertThat(change.path("was").stringValue()).isEqualTo("PASSED");
    assertThat(change.path("versionBefore").intValue()).isEqualTo(1);
    assertThat(change.path("outcome").stringValue()).isEqualTo("PASSED");
    assertThat(change.path("version").intValue()).isEqualTo(2);
    assertThat(lastOf(id, "CALL_INTENDED").at("/data/policyChanges/0")).isEqualTo(change);
  }

  @Test
  void countsWhatElseIsUnderWay() {
    var other = baton.waiting(Ask.failover(baton.datastore()));
    var datastore = baton.datastore();
    var policy = StoredPolicy.about(datastore, baton);
    policy.put(atOnce(underWay()));

    var refused = baton.ask(Ask.failover(datastore));
    assertThat(refusal(refused).path("seen").stringValue())
        .contains("Other failovers under way: %d in account".formatted(underWay()));
    baton.awaitEnd(other, "SUCCEEDED");
    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");
  }

  @Test
  void letsTheFirstPassOfTwoThatAreOneTooMany() {
    var before = underWay();
    var first = baton.datastore();
    var second = baton.datastore();
    Stream.of(first, second).forEach(datastore -> baton.strike(datastore, Fault.throttle(), 6));
    var firstId = baton.accepted(Ask.failover(first));
    var secondId = baton.accepted(Ask.failover(second));
    StoredPolicy.about(first, baton).put(atOnce(before + 1));
    StoredPolicy.about(second, baton).put(atOnce(before + 1));

    baton.awaitEnd(secondId, "DENIED");
    baton.awaitEnd(firstId, "SUCCEEDED");
  }

  @Test
  void waitsForACoolDownAfterPeopleMovedThePrimary() {
    var datastore = baton.datastore();
    awaitRecorded(datastore, VIRGINIA);
    baton.promoteWithoutBaton(datastore, IRELAND, "euw1");
    awaitRecorded(datastore, IRELAND);

    var refused = baton.ask(Ask.switchover(datastore));
    assertThat(refusal(refused).path("rule").stringValue()).isEqualTo("cool-down");
    assertThat(refusal(refused).path("seen").stringValue()).contains("was moved without Baton");
    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");
  }

  @Test
  void knowsTheRequestersGroups() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton)
        .put("{name: not-you, match: {requesterGroups: [developers]}, require: 'false'}");

    assertThat(baton.ask(Ask.failover(datastore)).status()).isEqualTo(403);
    var onCall = baton.as("dave").post("/v1/failovers", Ask.failover(datastore).json());
    assertThat(onCall.status()).as(onCall.http().body()).isEqualTo(202);
    baton.awaitEnd(onCall.json().path("id").stringValue(), "SUCCEEDED");
  }

  private int underWay() {
    return database
        .sql(
            """
            select count(*) from failover
            where finished_at is null and status not in ('AWAITING_APPROVAL', 'SCHEDULED')
            """)
        .query(Integer.class)
        .single();
  }

  private static String atOnce(int most) {
    return "{name: at-once, maxConcurrent: {inAccount: %d}}".formatted(Math.max(1, most));
  }

  private void awaitRecorded(String datastore, String region) {
    Awaitility.await()
        .atMost(RunningBaton.PATIENCE.multipliedBy(2))
        .until(() ->
            database
                    .sql(
                        """
                        select count(*) from recorded_primary
                        where global_replication_group_id = ? and region = ?
                        """)
                    .params(datastore, region)
                    .query(Integer.class)
                    .single()
                == 1);
  }

  private JsonNode lastOf(String id, String type) {
    return baton.events(id).stream()
        .filter(event -> event.path("type").stringValue().equals(type))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private static JsonNode refusal(Caller.Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(403);
    return answer.json().at("/refusals/0");
  }
}
