package dev.baton.globaldatastore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BatonTest
class GlobalDatastoreListTests {
  @Autowired private RunningBaton baton;

  @Test
  void showsEveryFieldThatAwsGives() {
    var id = RunningBaton.newId();
    baton
        .aws()
        .add(
            SimulatedDatastore.of(
                    id,
                    Member.primary("a-use1", "us-east-1").withAutomaticFailover("enabling"),
                    Member.secondary("b-usw2", "us-west-2").withStatus("associating"))
                .withDescription("Quotes \" & <tags>")
                .withClusterMode(2));
    baton.aws().noReplicationLag(id);
    var before = Instant.now();

    var view = withEndpoint(id);

    var observedAt = Instant.parse(view.path("observedAt").stringValue());
    assertThat(observedAt).isBetween(before.minusMillis(1), Instant.now());
    assertThat(view)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {
                      "accountId": "000000000000",
                      "globalReplicationGroupId": "%1$s",
                      "globalReplicationGroupDescription": "Quotes \\" & <tags>",
                      "status": "available",
                      "cacheNodeType": "cache.r7g.large",
                      "engine": "valkey",
                      "engineVersion": "8.0",
                      "members": [
                        {"replicationGroupId": "a-use1", "replicationGroupRegion": "us-east-1",
                         "role": "PRIMARY", "automaticFailover": "enabling",
                         "status": "associated"},
                        {"replicationGroupId": "b-usw2", "replicationGroupRegion": "us-west-2",
                         "role": "SECONDARY", "automaticFailover": "enabled",
                         "status": "associating"}
                      ],
                      "clusterEnabled": true,
                      "globalNodeGroups": [
                        {"globalNodeGroupId": "%1$s-0001", "slots": "0-8191"},
                        {"globalNodeGroupId": "%1$s-0002", "slots": "8192-16383"}
                      ],
                      "authTokenEnabled": true,
                      "transitEncryptionEnabled": true,
                      "atRestEncryptionEnabled": true,
                      "arn": "arn:aws:elasticache::000000000000:globalreplicationgroup:%1$s",
                      "primaryRegion": "us-east-1",
                      "primaryEndpoint": {
                        "address": "clustercfg.a-use1.ldgnf.use1.cache.amazonaws.com", "port": 6379
                      },
                      "observedFrom": "us-east-1",
                      "observedAt": "%2$s"
                    }
                    """
                        .formatted(id, view.path("observedAt").stringValue())));
  }

  @Test
  void showsTheNewPrimaryAfterAFailover() {
    var id = baton.datastore();
    baton.awaitEnd(baton.accepted(Ask.switchover(id)), "SUCCEEDED");

    var view = baton.alice().get("/v1/global-datastores/" + id).json();

    assertThat(view.path("primaryRegion").stringValue()).isEqualTo("us-west-2");
    assertThat(view.path("status").stringValue()).isEqualTo("available");
  }

  @Test
  void listsEachOnceInOrderOfIds() {
    var mine = List.of(baton.datastore(), baton.datastore(), baton.datastore());
    mine.forEach(id -> baton.alice().get("/v1/global-datastores/" + id));

    assertThat(walk()).containsAll(mine).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void listsEachOnceWhileSeveralAreFound() throws Exception {
    var before = List.of(found(), found(), found(), found());
    var walks = new ArrayList<List<String>>();
    try (var finders = Executors.newFixedThreadPool(3)) {
      var finding = new ArrayList<Future<List<String>>>();
      for (int finder = 0; finder < 3; finder++) {
        finding.add(finders.submit(() -> List.of(found(), found(), found(), found())));
      }
      do {
        walks.add(walk());
      } while (!finding.stream().allMatch(Future::isDone));
      for (var one : finding) {
        assertThat(walk()).containsAll(one.get());
      }
    }

    assertThat(walks)
        .allSatisfy(
            walk -> assertThat(walk).containsAll(before).isSorted().doesNotHaveDuplicates());
  }

  /** A new datastore that Baton has seen. */
  private String found() {
    var id = baton.datastore();
    assertThat(baton.alice().get("/v1/global-datastores/" + id).status()).isEqualTo(200);
    return id;
  }

  private List<String> walk() {
    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = baton.alice().get("/v1/global-datastores?limit=5" + cursor).json();
      assertThat(page.path("items").size()).isBetween(1, 5);
      page.path("items")
          .forEach(item -> seen.add(item.path("globalReplicationGroupId").stringValue()));
      cursor =
          page.hasNonNull("nextCursor") ? "&cursor=" + page.path("nextCursor").stringValue() : "";
    } while (!cursor.isEmpty());
    return seen;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ldgnf-nobody", "-", "0"})
  void doesNotKnowWhatNoRegionShows(String id) {
    assertThat(baton.alice().get("/v1/global-datastores/" + id).problem())
        .isEqualTo("404 /problems/unknown-global-datastore");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cursor=abc", "cursor=", "limit=1000", "status=available"})
  void refusesAParameterThatMakesNoSense(String parameter) {
    assertThat(baton.alice().get("/v1/global-datastores?" + parameter).problem())
        .isEqualTo("400 /problems/invalid-request");
  }

  /** Once the endpoint is known: the answer doesn't wait for it long. */
  private JsonNode withEndpoint(String id) {
    return Awaitility.await()
        .atMost(RunningBaton.PATIENCE)
        .until(
            () -> baton.alice().get("/v1/global-datastores/" + id).json(),
            view -> view.has("primaryEndpoint"));
  }
}
