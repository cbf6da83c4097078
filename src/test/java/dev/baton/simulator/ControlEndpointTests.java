package dev.baton.simulator;

import static dev.baton.simulator.Scene.PATIENCE;
import static dev.baton.simulator.Scene.SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.elasticache.model.InvalidGlobalReplicationGroupStateException;
import software.amazon.awssdk.services.elasticache.model.InvalidParameterValueException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ControlEndpointTests {

  private final Scene scene =
      new Scene(SimulatorSettings.local().withHostNames(Set.of("simulator")));

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void isHealthy() throws Exception {
    HttpResponse<String> answer = get("/simulator/health");

    assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(answer.headers().firstValue("x-baton-simulator")).contains("true");
  }

  @Test
  void showsDatastoresWithTheirEffectivePromotions() throws Exception {
    scene.failOverToOregon();
    scene.pass(Duration.ofSeconds(4));

    JsonNode datastore = items("/simulator/datastores").get(0);

    assertThat(datastore.at("/globalReplicationGroupId").stringValue()).isEqualTo(SESSIONS);
    assertThat(datastore.at("/effectivePromotions").intValue()).isEqualTo(1);
    assertThat(datastore.at("/members/1/role").stringValue()).isEqualTo("PRIMARY");
  }

  @Test
  void showsCalls() throws Exception {
    scene.failOverToOregon();

    JsonNode call = items("/simulator/calls").get(0);

    assertThat(call.at("/at").stringValue()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(call.at("/action").stringValue()).isEqualTo("FailoverGlobalReplicationGroup");
    assertThat(call.at("/region").stringValue()).isEqualTo("us-west-2");
    assertThat(call.at("/parameters/PrimaryReplicationGroupId").stringValue())
        .isEqualTo("sessions-usw2");
  }

  @Test
  void addsADatastore() throws Exception {
    String body =
        """
        {"globalReplicationGroupId": "sgaui-profiles", "clusterEnabled": true, "shards": 2,
         "members": [{"replicationGroupId": "profiles-usw2", "region": "us-west-2", "role": "PRIMARY"}]}
        """;

    assertThat(scene.post("/simulator/datastores", body).statusCode()).isEqualTo(200);
    assertThat(items("/simulator/datastores")).hasSize(2);
    assertThat(scene.post("/simulator/datastores", body).body())
        .contains("sgaui-profiles is in the simulated world already");
  }

  @Test
  void injectsAndClearsFaults() throws Exception {
    scene.post("/simulator/faults", "{\"kind\": \"CUT_BEFORE\", \"times\": 2}");
    assertThatThrownBy(scene::failOverToOregon).isInstanceOf(SdkClientException.class);

    HttpResponse<String> cleared =
        scene.send(
            "/simulator/faults",
            request -> request.DELETE().header("Content-Type", "application/json"));

    assertThat(cleared.statusCode()).isEqualTo(200);
    scene.failOverToOregon();
  }

  @Test
  void releasesWhatIsHeld() throws Exception {
    scene.post("/simulator/faults", "{\"kind\": \"HOLD\"}");
    CompletableFuture<?> call = CompletableFuture.runAsync(scene::failOverToOregon);
    assertThat(scene.simulator.awaitHeld(PATIENCE)).isTrue();

    assertThat(scene.post("/simulator/release", "").body()).isEqualTo("{\"released\":1}");
    assertThat(call).succeedsWithin(PATIENCE);
  }

  @Test
  void darkensARegionAndLightsItUp() throws Exception {
    scene.post("/simulator/regions", "{\"region\": \"us-west-2\", \"darkness\": \"CLOSES\"}");
    assertThatThrownBy(scene::failOverToOregon).isInstanceOf(SdkClientException.class);

    scene.post("/simulator/regions", "{\"region\": \"us-west-2\"}");
    scene.failOverToOregon();
  }

  @Test
  void changesHowPromotionsGo() throws Exception {
    scene.post(
        "/simulator/promotion-plan", "{\"duration\": \"PT60S\", \"flipOrder\": \"TOGETHER\"}");
    scene.failOverToOregon();
    scene.pass(Duration.ofSeconds(59));

    assertThat(scene.statusAndPrimary()).isEqualTo("modifying us-east-1");
  }

  @Test
  void countsEffectivePromotions() throws Exception {
    scene.failOverToOregon();
    assertThatThrownBy(() -> scene.failOverTo("us-west-2", "sessions-none"))
        .isInstanceOf(Exception.class);

    assertThat(get("/simulator/promotions").body())
        .isEqualTo(
            """
            {"total":1,"datastores":[{"globalReplicationGroupId":"ldgnf-sessions",\
            "effectivePromotions":1}]}\
            """);
  }

  @Test
  void showsFaultsThatHaveNotStruckAndUnusualRegions() throws Exception {
    scene.post("/simulator/faults", "{\"kind\": \"SILENCE\", \"region\": \"us-west-2\"}");
    scene.post("/simulator/regions", "{\"region\": \"eu-west-1\", \"latency\": \"PT2S\"}");

    JsonNode fault = items("/simulator/faults").get(0);
    JsonNode region = items("/simulator/regions").get(0);

    assertThat(fault.at("/kind").stringValue()).isEqualTo("SILENCE");
    assertThat(fault.at("/injection/region").stringValue()).isEqualTo("us-west-2");
    assertThat(region.at("/region").stringValue()).isEqualTo("eu-west-1");
    assertThat(region.at("/conditions/latency").stringValue()).isEqualTo("PT2S");
  }

  @Test
  void changesWhatThePresentPrimaryGets() throws Exception {
    assertThatThrownBy(() -> scene.failOverTo("us-east-1", "sessions-use1"))
        .isInstanceOf(InvalidParameterValueException.class);

    scene.post("/simulator/rules", "{\"presentPrimary\": \"ACCEPTED\"}");

    scene.failOverTo("us-east-1", "sessions-use1");
    assertThat(scene.simulator.effectivePromotions()).isZero();
  }

  @Test
  void replacesADatastoreAndGoesOnCounting() throws Exception {
    scene.post("/simulator/promotion-plan", "{\"duration\": \"PT1S\"}");
    scene.failOverToOregon();
    String body =
        """
        {"globalReplicationGroupId": "ldgnf-sessions", "status": "snapshotting", "members": [
          {"replicationGroupId": "sessions-usw2", "region": "us-west-2", "role": "PRIMARY"},
          {"replicationGroupId": "sessions-euw1", "region": "eu-west-1", "role": "SECONDARY",
           "status": "associating"}]}
        """;

    HttpResponse<String> answer =
        scene.send(
            "/simulator/datastores",
            request ->
                request
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(body)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(scene.statusAndPrimary()).isEqualTo("snapshotting us-west-2");
    assertThatThrownBy(scene::failOverToOregon)
        .isInstanceOf(InvalidGlobalReplicationGroupStateException.class);
    assertThat(scene.simulator.effectivePromotions()).isEqualTo(1);
  }

  @Test
  void beginsAnew() throws Exception {
    scene.post("/simulator/promotion-plan", "{\"ending\": \"STUCK\"}");
    scene.post("/simulator/rules", "{\"presentPrimary\": \"ACCEPTED\"}");
    scene.failOverToOregon();
    scene.pass(Duration.ofHours(1));
    scene.post("/simulator/faults", "{\"kind\": \"EMPTY\", \"always\": true}");

    scene.post("/simulator/reset", "");

    assertThat(scene.simulator.calls()).isEmpty();
    assertThat(scene.statusAndPrimary()).isEqualTo("available us-east-1");
    scene.failOverToOregon();
    scene.pass(Duration.ofSeconds(4));
    assertThat(scene.statusAndPrimary()).isEqualTo("available us-west-2");
    assertThat(scene.simulator.effectivePromotions()).isEqualTo(1);
  }

  @Test
  void demandsJsonOfWhatChangesSomething() throws Exception {
    HttpResponse<String> answer =
        scene.send(
            "/simulator/release", request -> request.POST(HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example:80, 403",
    "localhost.evil.example, 403",
    "localhost:8081, 200",
    "LOCALHOST, 200",
    "[::1]:8081, 200",
    "simulator:8081, 200"
  })
  void answersToItsOwnNamesOnly(String host, int status) throws Exception {
    assertThat(statusLineFor(host)).startsWith("HTTP/1.1 " + status);
  }

  private String statusLineFor(String host) throws Exception {
    URI endpoint = scene.simulator.endpoint();
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      String request = "GET /simulator/calls HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return scene.send(path, HttpRequest.Builder::GET);
  }

  private JsonNode items(String path) throws Exception {
    return JsonMapper.shared().readTree(get(path).body()).get("items");
  }
}
