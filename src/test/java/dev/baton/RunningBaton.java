package dev.baton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import dev.baton.simulator.RecordedCall;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import dev.baton.simulator.Simulator;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/** Baton as its callers see it, and the simulated AWS behind it. */
public final class RunningBaton {
  public static final String VIRGINIA = "us-east-1";
  public static final String OREGON = "us-west-2";
  public static final String IRELAND = "eu-west-1";
  public static final String FAIL_OVER = "FailoverGlobalReplicationGroup";

  /** How many calls AWS throttles of a failover that is to wait. */
  public static final int THROTTLED = 3;

  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Simulator simulator;
  private final Environment environment;

  RunningBaton(Simulator simulator, Environment environment) {
    this.simulator = simulator;
    this.environment = environment;
  }

  public int port() {
    return environment.getRequiredProperty("local.server.port", Integer.class);
  }

  public Caller as(String user) {
    return Caller.demo(port(), user);
  }

  public Caller alice() {
    return as("alice");
  }

  public Simulator aws() {
    return simulator;
  }

  /** A new Global datastore: primary in Virginia, secondaries in Oregon and Ireland. */
  public String datastore() {
    return datastore("available");
  }

  /** A Global datastore that is in a status of its own. */
  public String datastore(String status) {
    var id = newId();
    simulator.add(
        SimulatedDatastore.of(
                id,
                Member.primary(id + "-use1", VIRGINIA),
                Member.secondary(id + "-usw2", OREGON),
                Member.secondary(id + "-euw1", IRELAND))
            .withStatus(status));
    return id;
  }

  public static String newId() {
    return "ldgnf-t" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Lets a fault strike the next calls that would fail over this datastore. */
  public void strike(String datastore, Fault fault, int times) {
    simulator.inject(Injection.of(fault).on(FAIL_OVER).about(datastore).times(times));
  }

  public Caller.Answer ask(Ask ask) {
    return alice().post("/v1/failovers", ask.json());
  }

  /** A failover whose next call is some seconds away: AWS throttles the first ones. */
  public String waiting(Ask ask) {
    var datastore = ask.fields().get("globalReplicationGroupId").toString();
    strike(datastore, Fault.throttle(), THROTTLED);
    var id = accepted(ask);
    Awaitility.await().atMost(PATIENCE).until(() -> calls(datastore).size() == THROTTLED);
    return id;
  }

  /** As the AWS CLI would do it. */
  public void promoteWithoutBaton(String datastore, String region, String suffix) {
    var form =
        "Action=%s&Version=2015-02-02&GlobalReplicationGroupId=%s&PrimaryRegion=%s&PrimaryReplicationGroupId=%s-%s"
            .formatted(FAIL_OVER, datastore, region, datastore, suffix);
    var request =
        HttpRequest.newBuilder(simulator.endpoint())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=cli/20260131/%s/elasticache/aws4_request,"
                        .formatted(region)
                    + " SignedHeaders=host, Signature=00")
            .POST(BodyPublishers.ofString(form))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The id of the failover that was accepted. */
  public String accepted(Ask ask) {
    var answer = ask(ask);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(202);
    return answer.json().path("id").stringValue();
  }

  public JsonNode failover(String id) {
    var answer = alice().get("/v1/failovers/" + id);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  public static String status(JsonNode failover) {
    return failover.path("status").stringValue();
  }

  /** The failover once it has this status. */
  public JsonNode await(String id, String status) {
    return Awaitility.await()
        .alias("failover " + id + " becomes " + status)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> failover(id), failover -> status(failover).equals(status));
  }

  /** The failover once it is over, which has to be with this status. */
  public JsonNode awaitEnd(String id, String status) {
    var ended =
        Awaitility.await()
            .alias("failover " + id + " ends as " + status)
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> failover(id), failover -> failover.has("finishedAt"));
    assertThat(status(ended)).as(ended.toString()).isEqualTo(status);
    return ended;
  }

  public List<JsonNode> events(String id) {
    var answer = alice().get("/v1/failovers/" + id + "/events");
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json().path("items").valueStream().toList();
  }

  public List<String> eventTypes(String id) {
    return events(id).stream().map(event -> event.path("type").stringValue()).toList();
  }

  public void awaitEvent(String id, String type) {
    Awaitility.await()
        .alias("failover " + id + " has an entry " + type)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> eventTypes(id).contains(type));
  }

  /** The entries of a stream, once the audit log shows any: it waits for older transactions. */
  public List<JsonNode> audit(String stream) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> auditNow(stream), entries -> !entries.isEmpty());
  }

  private List<JsonNode> auditNow(String stream) {
    var answer = as("carol").get("/v1/audit?limit=200&stream=" + stream);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json().path("items").valueStream().toList();
  }

  /** The calls that were to fail over this datastore, as AWS got them. */
  public List<RecordedCall> calls(String datastore) {
    return simulator.calls().stream()
        .filter(call -> call.action().equals(FAIL_OVER))
        .filter(call -> call.globalReplicationGroupId().equals(datastore))
        .toList();
  }
}
