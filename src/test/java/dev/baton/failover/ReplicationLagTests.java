package dev.baton.failover;

import static dev.baton.RunningBaton.IRELAND;
import static dev.baton.RunningBaton.OREGON;
import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import dev.baton.simulator.Darkness;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What replication lag means under the shipped policy. */
@BatonTest
class ReplicationLagTests {
  private static final String GET_METRIC_DATA = "GetMetricData";

  @Autowired private RunningBaton baton;

  @Test
  void refusesASwitchoverToATargetThatLags() {
    var datastore = baton.datastore();
    baton.aws().replicationLag(datastore, 7.25);

    var answer = baton.ask(Ask.switchover(datastore));

    var refusal = onlyRefusal(answer);
    assertThat(refusal.path("seen").stringValue())
        .startsWith("The replication lag of us-west-2 was PT7.25S, measured at ");
    assertThat(refusal.path("demanded").stringValue()).contains("at most PT5S");
    assertThat(refusal.path("remedy").stringValue())
        .contains("Ask again when us-west-2 has caught up", "would let mode FAILOVER pass now");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void recordsTheLagThatASwitchoverWasAcceptedOn() {
    var failover = baton.failover(baton.accepted(Ask.switchover(baton.datastore())));

    assertThat(failover.path("decision").path("rules").valueStream())
        .filteredOn(rule -> rule.path("rule").stringValue().equals("max-replication-lag"))
        .singleElement()
        .satisfies(rule -> {
          assertThat(rule.path("outcome").stringValue()).isEqualTo("PASSED");
          assertThat(rule.path("seen").stringValue())
              .startsWith("The replication lag of us-west-2 was PT0.4S, measured at ");
        });
  }

  @Test
  void refusesASwitchoverWhereNobodyHasMeasuredTheLag() {
    var datastore = baton.datastore();
    baton.aws().noReplicationLag(datastore);

    // What an earlier test broke is remembered for 100 ms.
    var refusal =
        await()
            .until(
                () -> onlyRefusal(baton.ask(Ask.switchover(datastore))),
                one ->
                    one.path("seen")
                        .stringValue()
                        .startsWith(
                            "The replication lag of us-west-2 is unknown: CloudWatch has no"
                                + " GlobalDatastoreReplicationLag of "
                                + datastore
                                + "-usw2"));

    assertThat(refusal.path("remedy").stringValue())
        .contains("Check that CloudWatch shows", "would let mode FAILOVER pass now");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void refusesASwitchoverWhereCloudWatchKeepsFailing() {
    var datastore = baton.datastore();
    baton
        .aws()
        .inject(Injection.of(Fault.error(500, "InternalFailure")).on(GET_METRIC_DATA).always());

    var refusal = onlyRefusal(baton.ask(Ask.switchover(datastore)));

    assertThat(refusal.path("seen").stringValue())
        .isEqualTo(
            "The replication lag of us-west-2 is unknown: CloudWatch can't be read:"
                + " InternalFailure: Injected: InternalFailure.");
  }

  @ParameterizedTest
  @EnumSource
  void failsOverWithThePrimarysRegionDarkAndNoLag(Darkness darkness) {
    var datastore = baton.datastore();
    baton.aws().noReplicationLag(datastore);
    baton.aws().darken(VIRGINIA, darkness);

    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");

    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void doesNotWaitForCloudWatchToFailOver() {
    var datastore = baton.datastore();
    baton.aws().inject(Injection.of(Fault.hold()).on(GET_METRIC_DATA).always());

    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");

    assertThat(asksAbout(datastore)).isEmpty();
  }

  @Test
  void asksOnceForAllDatastoresOfARegion() {
    var datastores = List.of(baton.datastore(), baton.datastore(), baton.datastore());
    // each request that is refused has the target Region looked at
    datastores.forEach(one ->
        assertThat(baton.ask(Ask.switchover(one).with("expectedPrimaryRegion", IRELAND)).status())
            .isEqualTo(409));

    datastores.forEach(one -> baton.accepted(Ask.switchover(one)));

    var calls = asksAbout(datastores.getFirst());
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst()).contains(datastores.get(1) + "-usw2", datastores.get(2) + "-usw2");
  }

  @Test
  void showsTheLagOfEverySecondary() {
    var datastore = baton.datastore();
    baton.aws().replicationLag(datastore, 2.5);

    var members = await().until(() -> shown(datastore), all -> all.size() == 3 && lags(all) == 2);

    for (var member : members) {
      if (member.path("replicationGroupRegion").stringValue().equals(VIRGINIA)) {
        assertThat(member.has("replicationLag")).isFalse();
      } else {
        assertThat(member.path("replicationLag").path("seconds").doubleValue()).isEqualTo(2.5);
        assertThat(member.path("replicationLag").path("measuredAt").stringValue()).endsWith(":00Z");
      }
    }
  }

  @Test
  void showsNoLagWhereNobodyHasMeasuredIt() {
    var datastore = baton.datastore();
    baton.aws().noReplicationLag(datastore);

    var members = shown(datastore);

    assertThat(members).hasSize(3);
    assertThat(lags(members)).isZero();
  }

  @Test
  void showsADatastoreAtOnceWhileCloudWatchIsSilent() {
    var datastore = baton.datastore();
    shown(datastore);
    baton.aws().inject(Injection.of(Fault.hold()).on(GET_METRIC_DATA).always());
    var other = baton.datastore();
    shown(other);
    var began = System.nanoTime();

    assertThat(lags(shown(other))).isZero();

    assertThat(System.nanoTime() - began).isLessThan(1_500_000_000L);
  }

  private List<JsonNode> shown(String datastore) {
    var answer = baton.alice().get("/v1/global-datastores/" + datastore);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json().path("members").valueStream().toList();
  }

  private static long lags(List<JsonNode> members) {
    return members.stream().filter(member -> member.has("replicationLag")).count();
  }

  /** The secondaries in Oregon that each question asked for which was about this datastore too. */
  private List<String> asksAbout(String datastore) {
    return baton.aws().calls().stream()
        .filter(call -> call.action().equals(GET_METRIC_DATA) && call.region().equals(OREGON))
        .map(call -> call.parameters().get("DimensionValues"))
        .filter(secondaries -> secondaries.contains(datastore))
        .toList();
  }

  private static JsonNode onlyRefusal(Caller.Answer answer) {
    assertThat(answer.problem()).isEqualTo("403 /problems/refused-by-policy");
    assertThat(answer.json().path("refusals")).hasSize(1);
    var refusal = answer.json().path("refusals").get(0);
    assertThat(refusal.path("rule").stringValue()).isEqualTo("max-replication-lag");
    return refusal;
  }
}
