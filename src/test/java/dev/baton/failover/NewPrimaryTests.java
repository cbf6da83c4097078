package dev.baton.failover;

import static dev.baton.RunningBaton.OREGON;
import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Where applications have to be pointed to after a failover. */
@BatonTest
class NewPrimaryTests {
  private static final String DESCRIBE = "DescribeReplicationGroups";

  @Autowired private RunningBaton baton;

  @Test
  void isThePrimaryEndpointOfTheNewRegion() {
    var datastore = baton.datastore();

    var succeeded = succeeded(datastore);

    assertThat(succeeded.path("newPrimary").path("region").stringValue()).isEqualTo(OREGON);
    var host = "master.%s-usw2.ldgnf.usw2.cache.amazonaws.com".formatted(datastore);
    assertEndpoint(succeeded.path("newPrimary").path("endpoint"), host);
    assertThat(succeeded.path("explanation").stringValue()).contains("point", host + ":6379");
    assertEndpoint(shown(datastore).path("primaryEndpoint"), host);
  }

  @Test
  void isTheConfigurationEndpointWithClusterModeOn() {
    var datastore = RunningBaton.newId();
    baton
        .aws()
        .add(
            SimulatedDatastore.of(
                    datastore,
                    Member.primary(datastore + "-use1", VIRGINIA),
                    Member.secondary(datastore + "-usw2", OREGON))
                .withClusterMode(2));

    var succeeded = succeeded(datastore);

    var host = "clustercfg.%s-usw2.ldgnf.usw2.cache.amazonaws.com".formatted(datastore);
    assertEndpoint(succeeded.path("newPrimary").path("endpoint"), host);
    assertEndpoint(shown(datastore).path("primaryEndpoint"), host);
  }

  @Test
  void isPartOfTheEventThatTellsOfTheSuccess() {
    var succeeded = succeeded(baton.datastore());

    var last = baton.events(succeeded.path("id").stringValue()).getLast();

    assertThat(last.path("type").stringValue()).isEqualTo("FAILOVER_SUCCEEDED");
    assertThat(last.path("data").path("newPrimary")).isEqualTo(succeeded.path("newPrimary"));
  }

  @Test
  void endangersNoSuccessWhereItCannotBeRead() {
    baton.aws().inject(Injection.of(Fault.throttle()).on(DESCRIBE).always());

    assertSucceedsWithoutEndpoint();
  }

  @Test
  void delaysNoSuccessWhereItsQuestionHangs() {
    baton.aws().inject(Injection.of(Fault.hold()).on(DESCRIBE).always());

    var succeeded = assertSucceedsWithoutEndpoint();

    assertThat(Duration.between(at(succeeded, "requestedAt"), at(succeeded, "finishedAt")))
        .isLessThan(Duration.ofSeconds(5));
  }

  private JsonNode assertSucceedsWithoutEndpoint() {
    var datastore = baton.datastore();

    var succeeded = succeeded(datastore);

    assertThat(succeeded.path("newPrimary").path("region").stringValue()).isEqualTo(OREGON);
    assertThat(succeeded.path("newPrimary").has("endpoint")).isFalse();
    assertThat(succeeded.path("explanation").stringValue())
        .contains("point", datastore + "-usw2", DESCRIBE);
    assertThat(shown(datastore).has("primaryEndpoint")).isFalse();
    return succeeded;
  }

  private JsonNode succeeded(String datastore) {
    return baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");
  }

  /** The Global datastore, once its primary is where it was switched to. */
  private JsonNode shown(String datastore) {
    return Awaitility.await()
        .atMost(RunningBaton.PATIENCE)
        .until(
            () -> baton.alice().get("/v1/global-datastores/" + datastore).json(),
            view -> OREGON.equals(view.path("primaryRegion").asString("")));
  }

  private static Instant at(JsonNode failover, String field) {
    return Instant.parse(failover.path(field).stringValue());
  }

  private static void assertEndpoint(JsonNode endpoint, String host) {
    assertThat(endpoint.path("address").stringValue()).isEqualTo(host);
    assertThat(endpoint.path("port").intValue()).isEqualTo(6379);
  }
}
