package dev.baton.failover;

import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.Darkness;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A switchover is made only while the Region that it leaves answers, too. */
@BatonTest
class SourceRegionTests {
  private static final int THROTTLED = 3;

  @Autowired private RunningBaton baton;

  @ParameterizedTest
  @EnumSource
  void turnsASwitchoverAwayAndRecordsItWhileThePrimarysRegionIsDark(Darkness darkness) {
    var datastore = baton.datastore();
    baton.aws().darken(VIRGINIA, darkness);

    var answer = baton.ask(Ask.switchover(datastore));

    assertThat(answer.problem()).isEqualTo("503 /problems/aws-unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(answer.detail())
        .contains("us-east-1", "both Regions", "FAILOVER", "acceptDataLoss", "Nothing was changed");
    var recorded = baton.audit("global-datastore/000000000000/" + datastore);
    assertThat(recorded).hasSize(1);
    assertThat(recorded.getFirst().path("data").path("detail").stringValue())
        .isEqualTo(answer.detail());
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void letsASwitchoverWaitThatWasAcceptedBeforeUntilThePrimarysRegionAnswersAgain() {
    var datastore = baton.datastore();
    var id = waitingForVirginia(datastore);

    assertThat(explanation(id)).contains("FAILOVER with acceptDataLoss", "Baton tries until");
    assertThat(baton.calls(datastore)).hasSize(THROTTLED);
    baton.aws().lightUp(VIRGINIA);
    baton.awaitEnd(id, "SUCCEEDED");
    assertThat(baton.calls(datastore)).hasSize(THROTTLED + 1);
  }

  @Test
  void givesWayToARescueWhileItWaitsForThePrimarysRegion() {
    var datastore = baton.datastore();
    var id = waitingForVirginia(datastore);

    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");

    baton.awaitEnd(id, "CANCELLED");
  }

  @Test
  void waitsAlsoWhileThePrimarysRegionAnswersOnlyWithErrors() {
    var datastore = baton.datastore();
    baton
        .aws()
        .inject(
            Injection.of(Fault.error(503, "ServiceUnavailable"))
                .on("DescribeGlobalReplicationGroups")
                .in(VIRGINIA)
                .about(datastore)
                .always());

    assertThat(baton.ask(Ask.switchover(datastore)).problem())
        .isEqualTo("503 /problems/aws-unavailable");
  }

  /** Throttled calls give the time to darken a Region between the request and the call. */
  private String waitingForVirginia(String datastore) {
    baton.strike(datastore, Fault.throttle(), THROTTLED);
    var id = baton.accepted(Ask.switchover(datastore));
    await().until(() -> baton.calls(datastore).size() == THROTTLED);
    baton.aws().darken(VIRGINIA, Darkness.SILENT);
    await()
        .atMost(RunningBaton.PATIENCE)
        .until(
            () -> explanation(id),
            text -> text.contains("us-east-1, where the primary is, doesn't answer"));
    return id;
  }

  private String explanation(String id) {
    return baton.failover(id).path("explanation").stringValue();
  }
}
