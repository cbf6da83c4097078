package dev.baton.globaldatastore;

import static dev.baton.RunningBaton.OREGON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.RecordedCall;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** What observers that look all the time ask for seldom. */
@BatonTest
@TestPropertySource(
    properties = {
      "baton.observer.idle=100ms",
      "baton.observer.busy=100ms",
      "baton.readiness.survey-every=1h"
    })
class SurveyTests {
  @Autowired private RunningBaton baton;

  @Test
  void isMadeOnceWhileARegionIsLookedAtManyTimes() {
    await()
        .atMost(RunningBaton.PATIENCE)
        .until(() -> calls(it -> it.action().equals("DescribeGlobalReplicationGroups")) > 20);

    assertThat(calls(it -> it.action().equals("GetMetricData"))).isEqualTo(1);
    assertThat(calls(it -> it.action().equals("DescribeReplicationGroups"))).isEqualTo(1);
    assertThat(levelOf("ldgnf-carts")).isEqualTo(List.of("READY"));
  }

  private long calls(Predicate<RecordedCall> wanted) {
    return baton.aws().calls().stream()
        .filter(call -> call.region().equals(OREGON))
        .filter(wanted)
        .count();
  }

  private List<String> levelOf(String datastore) {
    return baton
        .alice()
        .get("/v1/global-datastores/%s/readiness?targetRegion=%s".formatted(datastore, OREGON))
        .json()
        .path("items")
        .valueStream()
        .map(it -> it.path("level").stringValue())
        .toList();
  }
}
