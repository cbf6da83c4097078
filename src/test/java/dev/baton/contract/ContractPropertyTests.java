package dev.baton.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.CalmWorld;
import dev.baton.RunningBaton;
import dev.baton.StoredPolicy;
import dev.baton.contract.ContractDocument.Operation;
import dev.baton.problem.ProblemType;
import dev.baton.simulator.Fault;
import dev.baton.simulator.PromotionPlan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever a caller sends, the answer is one that the contract declares. A failing run names its
 * seed: {@code -Dbaton.contract.seed=…} repeats it.
 */
@BatonTest
class ContractPropertyTests {
  private static final int REQUESTS = 5_600;
  private static final int CALLERS = 6;
  private static final List<String> APPROVERS = List.of("/approve", "/reject", "/acknowledge");
  private static final String CHANGED = "changed-by-generated-requests";

  private final ContractDocument contract =
      ContractDocument.read(Path.of("openapi", "openapi.yaml"));
  private final Map<String, AtomicInteger> counts = new ConcurrentSkipListMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  @Autowired private RunningBaton baton;

  @Test
  void givesOnlyAnswersThatAreDeclared() throws Exception {
    var seed = Long.getLong("baton.contract.seed", System.nanoTime());
    var operations = contract.operations();
    var known = new Caller();
    var each = Math.ceilDiv(REQUESTS, operations.size());

    try (var client = HttpClient.newHttpClient();
        var callers = Executors.newFixedThreadPool(CALLERS)) {
      for (var operation : operations) {
        for (int number = 0; number < each; number++) {
          var random =
              new SplittableRandom(seed ^ (operation.toString().hashCode() * 31L + number));
          // Made when it is sent: it may speak of times.
          callers.execute(
              () -> answered(new RequestGenerator(random, known).request(operation), client));
        }
      }
    }

    System.out.println(table(operations));
    assertThat(faults.stream().limit(10)).as("%d faults, seed %d", faults.size(), seed).isEmpty();
    assertThat(counts.values().stream().mapToInt(AtomicInteger::get).sum())
        .isGreaterThanOrEqualTo(5_000);
    for (var operation : operations) {
      assertThat(statuses(operation).keySet())
          .as(operation.toString())
          .anyMatch(status -> status.startsWith("2"))
          .anyMatch(status -> status.startsWith("4"));
    }
  }

  private void answered(GeneratedRequest request, HttpClient client) {
    try {
      var answer = client.send(http(request), BodyHandlers.ofString());
      if (answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent()) {
        // A machine that is busy with other things may leave AWS no time to answer: once.
        answer = client.send(http(request), BodyHandlers.ofString());
      }
      counts
          .computeIfAbsent(key(request.operation(), answer.statusCode()), _ -> new AtomicInteger())
          .incrementAndGet();
      var shown = "%d %s".formatted(answer.statusCode(), answer.body());
      wrong(request, answer)
          .ifPresent(
              fault -> faults.add("%s%n  %s%n  → %s".formatted(fault, request.asCurl(), shown)));
    } catch (Exception e) {
      faults.add("%s: no answer: %s".formatted(request.asCurl(), e));
    }
  }

  private HttpRequest http(GeneratedRequest request) {
    var builder =
        HttpRequest.newBuilder(URI.create("http://localhost:" + baton.port() + request.target()))
            .timeout(Duration.ofSeconds(30))
            .method(
                request.operation().method(),
                request.body().map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody()));
    request.headers().forEach(builder::header);
    return builder.build();
  }

  private Optional<String> wrong(GeneratedRequest request, HttpResponse<String> answer) {
    var status = answer.statusCode();
    if (status >= 500) {
      return Optional.of("Baton failed");
    }
    if (request.operation().method().equals("DELETE") && status == 404) {
      return Optional.empty(); // another request has withdrawn it
    }
    if (request.flaws().isEmpty() && List.of(400, 401, 404, 405, 406, 415).contains(status)) {
      return Optional.of("nothing is wrong with this request");
    }
    var certain = request.flaws().stream().anyMatch(flaw -> !flaw.equals(RequestGenerator.UNSURE));
    if (certain && status < 400) {
      return Optional.of("this request has a flaw");
    }
    return request
        .operation()
        .response(status)
        .map(declared -> misfit(declared, answer))
        .orElse(Optional.of("this status is not declared"));
  }

  private Optional<String> misfit(JsonNode declared, HttpResponse<String> answer) {
    for (var header : declared.path("headers").properties()) {
      var isRequired = header.getValue().path("required").booleanValue(false);
      if (isRequired && answer.headers().firstValue(header.getKey()).isEmpty()) {
        return Optional.of("the header %s is missing".formatted(header.getKey()));
      }
    }
    var type = answer.headers().firstValue("Content-Type").orElse("").split(";", -1)[0];
    if (answer.body().isEmpty() && declared.path("content").isMissingNode()) {
      return Optional.empty();
    }
    var schema = declared.path("content").path(type).path("schema");
    if (schema.isMissingNode()) {
      return Optional.of("the content type '%s' is not declared".formatted(type));
    }
    return type.endsWith("json")
        ? misfit(schema, answer.body(), answer.statusCode())
        : Optional.empty();
  }

  private Optional<String> misfit(JsonNode schema, String text, int status) {
    var body = JsonMapper.shared().readTree(text);
    var misfits = contract.misfits(schema, body);
    if (!misfits.isEmpty()) {
      return Optional.of("the answer does not fit its schema: " + misfits);
    }
    return status >= 400 && !isInTheCatalogue(body, status)
        ? Optional.of("there is no such problem in the catalogue")
        : Optional.empty();
  }

  private static boolean isInTheCatalogue(JsonNode problem, int status) {
    return Arrays.stream(ProblemType.values())
        .anyMatch(type ->
            type.uri().toString().equals(problem.path("type").asString(""))
                && type.status() == status
                && problem.path("status").asInt() == status);
  }

  private static String key(Operation operation, int status) {
    return status + " " + operation;
  }

  private Map<String, Integer> statuses(Operation operation) {
    var statuses = new TreeMap<String, Integer>();
    counts.forEach((key, count) -> {
      if (key.endsWith(" " + operation)) {
        statuses.put(key.substring(0, 3), count.get());
      }
    });
    return statuses;
  }

  private String table(List<Operation> operations) {
    var table = new StringBuilder("Generated requests, and the statuses of their answers:\n");
    for (var operation : operations) {
      table.append("  %-60s %s%n".formatted(operation, statuses(operation)));
    }
    return table.toString();
  }

  /** Somebody who has used this Baton before. */
  private final class Caller implements RequestGenerator.Known {
    private final List<String> datastores = new ArrayList<>();
    private final List<String> finished = new ArrayList<>();
    private final List<String> stalled = new ArrayList<>();
    private final Map<String, List<String>> open = new HashMap<>();
    private final Map<String, List<String>> evacuations = new HashMap<>();
    private final List<String> withdrawn = List.of("to-withdraw-1", "to-withdraw-2");

    Caller() {
      for (int number = 0; number < 8; number++) {
        datastores.add(baton.datastore());
      }
      for (var datastore : datastores.subList(0, 3)) {
        finished.add(baton.accepted(Ask.switchover(datastore)));
      }
      finished.forEach(id -> baton.awaitEnd(id, "SUCCEEDED"));
      baton.aws().promotionsGo(CalmWorld.QUICK.withEnding(PromotionPlan.Ending.STUCK));
      for (int number = 0; number < 3; number++) {
        stalled.add(baton.accepted(Ask.switchover(baton.datastore())));
      }
      stalled.forEach(id -> baton.await(id, "STALLED"));
      leaveEvacuations("/pause", "/abort");
      baton.aws().promotionsGo(CalmWorld.QUICK);
      for (int number = 0; number < 2; number++) {
        leaveEvacuationsToPeople();
      }
      withdrawn.forEach(this::storePolicy);
      for (int number = 0; number < 4; number++) {
        leaveToPeople();
      }
      open.get("/failback").forEach(id -> baton.awaitEnd(id, "SUCCEEDED"));
      open.get("/acknowledge").forEach(id -> baton.awaitEnd(id, "SUCCEEDED"));
    }

    /** A failover for each thing that people can do to one. */
    private void leaveToPeople() {
      for (var action : List.of("/approve", "/reject")) {
        var datastore = baton.datastore();
        StoredPolicy.about(datastore, baton)
            .put("{name: lead, approvals: {required: 1, from: [leads], expiresAfter: PT1H}}");
        leave(action, baton.accepted(Ask.switchover(datastore)));
      }
      for (var action : List.of("/cancel", "/reschedule")) {
        var later = Instant.now().plusSeconds(7_200).toString();
        leave(
            action, baton.accepted(Ask.switchover(baton.datastore()).with("scheduledFor", later)));
      }
      var hold =
          baton
              .as("frank")
              .post(
                  "/v1/holds",
                  "{\"scope\": {\"globalReplicationGroupId\": \"ldgnf-nobodys\"}, \"reason\": \"x\"}");
      leave("/holds", hold.json().path("id").stringValue());
      leave("/failback", baton.accepted(Ask.switchover(baton.datastore())));
      var guarded = baton.datastore();
      StoredPolicy.about(guarded, baton).put("{name: never, require: 'false'}");
      var broken =
          baton
              .as("dave")
              .post(
                  "/v1/failovers",
                  Ask.switchover(guarded)
                      .with("overrides", List.of("never"))
                      .with("reason", "the rule is wrong, and nobody who may change it answers")
                      .json());
      assertThat(broken.status()).as(broken.http().body()).isEqualTo(202);
      leave("/acknowledge", broken.json().path("id").stringValue());
    }

    /** Those that go on and on, because their promotions do. */
    private void leaveEvacuations(String... actions) {
      for (var action : actions) {
        for (int number = 0; number < 2; number++) {
          evacuations
              .computeIfAbsent(action, _ -> new ArrayList<>())
              .add(evacuated(baton.datastore()));
        }
      }
    }

    private void leaveEvacuationsToPeople() {
      for (var action : List.of("/approve", "/reject", "/resume", "/retry")) {
        var datastore = baton.datastore();
        if (action.equals("/approve") || action.equals("/reject")) {
          StoredPolicy.about(datastore, baton)
              .put("{name: lead, approvals: {required: 1, from: [leads], expiresAfter: PT1H}}");
        } else {
          baton.strike(datastore, Fault.error(403, "AccessDenied"), 1);
        }
        var other = baton.datastore();
        // Whichever is the canary, which is the first by its id.
        baton.strike(other, Fault.error(403, "AccessDenied"), 1);
        var id = action.equals("/resume") ? evacuated(datastore, other) : evacuated(datastore);
        evacuations.computeIfAbsent(action, _ -> new ArrayList<>()).add(id);
        switch (action) {
          case "/resume" -> awaitEvacuation(id, "PAUSED");
          case "/retry" -> awaitEvacuation(id, "FAILED");
          default -> awaitEvacuation(id, "AWAITING_APPROVAL");
        }
      }
      var moved = evacuated(baton.datastore());
      awaitEvacuation(moved, "SUCCEEDED");
      evacuations.computeIfAbsent("", _ -> new ArrayList<>()).add(moved);
    }

    private String evacuated(String... datastores) {
      var answer =
          baton
              .alice()
              .post(
                  "/v1/evacuations",
                  """
                  {"fromRegion": "us-east-1", "toRegion": "us-west-2", "reason": "drain",
                   "canary": 1, "selector": {"globalReplicationGroupIds": ["%s"]}}
                  """
                      .formatted(String.join("\", \"", datastores)));
      assertThat(answer.status()).as(answer.http().body()).isEqualTo(202);
      return answer.json().path("id").stringValue();
    }

    private void awaitEvacuation(String id, String status) {
      await()
          .atMost(RunningBaton.PATIENCE)
          .until(() ->
              baton
                  .alice()
                  .get("/v1/evacuations/" + id)
                  .json()
                  .path("status")
                  .stringValue()
                  .equals(status));
    }

    private void leave(String action, String id) {
      open.computeIfAbsent(action, _ -> new ArrayList<>()).add(id);
    }

    private void storePolicy(String name) {
      var answer =
          baton
              .as("frank")
              .with("Content-Type", "application/yaml")
              .send(
                  "PUT",
                  "/v1/policies/%s?comment=soon".formatted(name),
                  BodyPublishers.ofString(
                      "{apiVersion: baton/v1, kind: Policy, metadata: {name: %s}, rules: []}"
                          .formatted(name)));
      assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    }

    @Override
    public String allowed(Operation operation) {
      return operation.path().startsWith("/v1/audit")
          ? "carol:carol"
          : isPolicyChange(operation) || isHoldChange(operation)
              ? "frank:frank"
              : APPROVERS.stream().anyMatch(operation.path()::endsWith) ? "bob:bob" : "alice:alice";
    }

    private static boolean isHoldChange(Operation operation) {
      return operation.path().startsWith("/v1/holds") && !operation.method().equals("GET");
    }

    private static boolean isPolicyChange(Operation operation) {
      return operation.path().startsWith("/v1/policies") && !operation.method().equals("GET");
    }

    @Override
    public Optional<String> forbidden(Operation operation) {
      return operation.path().startsWith("/v1/audit")
          ? Optional.of("alice:alice")
          : operation.method().equals("GET") ? Optional.empty() : Optional.of("carol:carol");
    }

    @Override
    public List<String> values(Operation operation, String name) {
      return switch (name) {
        case "id" -> ids(operation);
        case "globalReplicationGroupId" -> datastores;
        case "targetRegion", "expectedPrimaryRegion" ->
            List.of(RunningBaton.VIRGINIA, RunningBaton.OREGON, RunningBaton.IRELAND);
        case "accountId" -> List.of("000000000000");
        case "name" ->
            switch (operation.method()) {
              case "PUT" -> List.of(CHANGED);
              case "DELETE" -> withdrawn;
              default -> List.of("default");
            };
        case "version" -> List.of("1");
        case "from", "to" -> operation.path().endsWith("/diff") ? List.of("1") : List.of();
        case "If-Match" -> List.of("*", "\"1\"", "\"another\"");
        case "stream" -> finished.stream().map(id -> "failover/" + id).toList();
        case "Last-Event-ID" ->
            operation.path().startsWith("/v1/evacuations")
                ? List.of("1", "2")
                : List.of("1", "2", "3");
        case "Prefer" -> List.of("wait=1", "respond-async", "return=minimal");
        case "If-None-Match" -> List.of("*", "\"another\"", "W/\"x\"");
        default -> List.of();
      };
    }

    private List<String> ids(Operation operation) {
      if (operation.method().equals("PATCH")) {
        return open.get("/reschedule");
      }
      if (operation.path().startsWith("/v1/holds")) {
        return open.get("/holds");
      }
      if (operation.path().startsWith("/v1/evacuations")) {
        return evacuations.entrySet().stream()
            .filter(action -> !action.getKey().isEmpty())
            .filter(action -> operation.path().endsWith(action.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(evacuations.get(""));
      }
      if (operation.path().endsWith("/resolve")) {
        return stalled;
      }
      return open.entrySet().stream()
          .filter(action -> operation.path().endsWith(action.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(finished);
    }

    @Override
    public boolean mustExist(String name) {
      return name.equals("cursor");
    }

    @Override
    public void settle(Operation operation, ObjectNode body) {
      switch (operation.toString()) {
        case "PUT /v1/policies/{name}" -> document(body, CHANGED);
        case "POST /v1/policies/{name}/backtest" -> document(body.putObject("document"), "default");
        case "POST /v1/evacuations" -> {
          settlePace(body);
          body.put("fromRegion", RunningBaton.VIRGINIA).put("toRegion", RunningBaton.OREGON);
          body.remove("preferredRegions");
          body.putObject("selector")
              .putArray("globalReplicationGroupIds")
              .add(datastores.getLast());
        }
        case "POST /v1/evacuations/{id}/rollback" -> settlePace(body);
        case "POST /v1/holds" ->
            body.putObject("scope").put("globalReplicationGroupId", "ldgnf-nobodys");
        case "POST /v1/policies/evaluate" -> {
          document(body.putObject("document"), "default");
          body.putObject("request")
              .put("globalReplicationGroupId", datastores.getFirst())
              .put("targetRegion", RunningBaton.OREGON)
              .put("reason", "drain");
          body.remove("requesterGroups");
        }
        default -> settle(body);
      }
    }

    private static void settlePace(ObjectNode body) {
      settle(body);
      body.remove("maxConcurrent");
      body.remove("pauseBetweenWaves");
    }

    private static void document(ObjectNode document, String name) {
      document.put("apiVersion", "baton/v1").put("kind", "Policy");
      document.putObject("metadata").put("name", name);
      document.putObject("match").putArray("globalReplicationGroupIds").add("ldgnf-nobodys");
      document.putArray("rules");
    }

    private static void settle(ObjectNode body) {
      body.remove("targetReplicationGroupId");
      body.remove("soak");
      if (body.has("scheduledFor")) {
        // Not before anybody looks, and not at a time that contradicts another.
        body.put("scheduledFor", Instant.now().plusSeconds(86_400).toString());
        body.remove("startBefore");
      }
      body.remove("supersedes");
      if (!body.path("mode").asString("SWITCHOVER").equals("SWITCHOVER")) {
        body.put("acceptDataLoss", true);
      }
    }
  }
}
