package dev.baton.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.client.ApiClient;
import dev.baton.client.api.AuditApi;
import dev.baton.client.api.FailoversApi;
import dev.baton.client.api.GlobalDatastoresApi;
import dev.baton.client.model.AuditEntry;
import dev.baton.client.model.Failover;
import dev.baton.client.model.FailoverRequest;
import dev.baton.client.model.Problem;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.RestClientResponseException;

/** A program that knows the contract only does Baton's main job. */
@BatonTest
class GeneratedClientTests {
  @Autowired private RunningBaton baton;

  @Test
  void failsOverAndFollowsAndReadsTheTrail() {
    var failovers = new FailoversApi(client("alice"));
    var datastore = baton.datastore();
    var request =
        new FailoversApi.RequestFailoverRequest(
            new FailoverRequest()
                .globalReplicationGroupId(datastore)
                .targetRegion("us-west-2")
                .reason("a program asks"),
            UUID.randomUUID().toString(),
            null);

    var accepted = failovers.requestFailover(request);
    var again = failovers.requestFailover(request);

    assertThat(accepted.getStatus()).isEqualTo(Failover.StatusEnum.PENDING);
    assertThat(again).isEqualTo(accepted);
    var ended =
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> shown(failovers, accepted.getId()), one -> one.getFinishedAt() != null);
    assertThat(ended.getStatus()).isEqualTo(Failover.StatusEnum.SUCCEEDED);
    assertThat(ended.getEffect()).isEqualTo(Failover.EffectEnum.PROMOTED);
    assertThat(ended.getAttempts()).hasSize(1);
    var events = failovers.listFailoverEvents(accepted.getId(), null).getItems();
    assertThat(events).extracting(AuditEntry::getType).contains("CALL_INTENDED");
    var trail =
        new AuditApi(client("carol"))
            .listAuditEntries("failover/" + accepted.getId(), null, null, null, null, null, null);
    assertThat(trail.getItems()).isEqualTo(events);
    assertThat(
            new GlobalDatastoresApi(client("alice"))
                .getGlobalDatastore(
                    new GlobalDatastoresApi.GetGlobalDatastoreRequest(datastore, null))
                .getPrimaryRegion())
        .isEqualTo("us-west-2");
  }

  @Test
  void understandsARefusal() {
    var failovers = new FailoversApi(client("alice"));
    var request =
        new FailoversApi.RequestFailoverRequest(
            new FailoverRequest()
                .globalReplicationGroupId(baton.datastore())
                .targetRegion("us-east-1")
                .reason("it is there already"),
            null,
            null);

    var refused =
        catchThrowableOfType(
            RestClientResponseException.class, () -> failovers.requestFailover(request));

    assertThat(refused.getStatusCode().value()).isEqualTo(409);
    var problem = refused.getResponseBodyAs(Problem.class);
    assertThat(problem).isNotNull();
    assertThat(problem.getStatus()).isEqualTo(409);
    assertThat(problem.getType().getValue()).isEqualTo("/problems/already-primary");
  }

  private static Failover shown(FailoversApi failovers, UUID id) {
    return failovers.getFailover(id, null, null);
  }

  private ApiClient client(String user) {
    var client = new ApiClient();
    client.setBasePath("http://localhost:" + baton.port());
    client.setUsername(user);
    client.setPassword(user);
    return client;
  }
}
