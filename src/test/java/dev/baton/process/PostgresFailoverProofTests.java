package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.audit.AuditChain;
import dev.baton.process.PatientClients.Promise;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import dev.baton.simulator.Simulator;
import dev.baton.simulator.SimulatorSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The database loses its primary without a word, gets another, and the old one comes back. */
class PostgresFailoverProofTests {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PROMOTION = Duration.ofSeconds(4);
  private static final Duration NO_ANSWER = Duration.ofSeconds(5);
  private static final int DATASTORES = 50;

  /** A machine that is busy with other things must not make a lag unknown. */
  private static final List<String> PATIENT_WITH_AWS =
      List.of("--baton.replication-lag.patience=20s", "--baton.aws.lag.timeout=15s");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PostgresCluster cluster;
  private Simulator simulator;
  private List<BatonProcess> instances;

  @BeforeEach
  void start() throws Exception {
    cluster = PostgresCluster.start();
    simulator =
        Simulator.start(
            SimulatorSettings.local().withPromotionPlan(Fleet.QUICK.withDuration(PROMOTION)));
    instances = IntStream.rangeClosed(1, 2).mapToObj(this::instance).toList();
    instances.forEach(BatonProcess::awaitUp);
  }

  /** With no other parameter of the driver's than what Baton itself brings along. */
  private BatonProcess instance(int number) {
    return BatonProcess.start(
        "on-cluster-" + number,
        Map.of(
            "SPRING_PROFILES_ACTIVE",
            "local",
            "SPRING_DATASOURCE_URL",
            cluster.url(),
            "SPRING_DATASOURCE_USERNAME",
            PostgresCluster.USER,
            "SPRING_DATASOURCE_PASSWORD",
            "",
            "BATON_AWS_ENDPOINT",
            simulator.endpoint().toString()),
        PATIENT_WITH_AWS);
  }

  @AfterEach
  void stop() throws IOException {
    instances.forEach(BatonProcess::kill);
    simulator.close();
    cluster.close();
  }

  @Test
  void keepsEveryPromiseWhenThePrimaryFreezesAndComesBack() throws Exception {
    try (var clients = new PatientClients(instances)) {
      clients.ask(datastores());
      awaitUntil("half of them are accepted", () -> clients.promises().size() >= DATASTORES / 2);
      var old = cluster.primary();
      var frozen = Instant.now();
      old.freeze();
      awaitUntil("clients notice", clients::noticeTheDatabase);
      report("Clients noticed the frozen primary", frozen);

      var promoted = cluster.promote();
      var promotedAt = Instant.now();
      report("%s was promoted, with %s".formatted(promoted.name(), statuses(promoted)), frozen);
      awaitUntil("a promise after the promotion", () -> clients.promisedAfter(promotedAt));
      report("The first 202 after the promotion", promotedAt);
      System.out.printf("The first commit after the promotion: %s s%n", firstCommit(promotedAt));

      var thawed = Instant.now();
      old.thaw();
      acknowledgesNothing(old);
      awaitUntil("Baton has left the old primary", () -> isLeft(old));
      report("Baton had left the old primary", thawed);
      clients.awaitAll(PATIENCE);
      clients.promises().forEach(this::awaitSuccess);
      report("All had ended, the old primary still running", thawed);
      System.out.printf("Instead of a promise, clients got: %s%n", clients.disappointments());
      old.crash();

      assertNothingIsLostOrDoubled(clients.promises());
    }
  }

  private void assertNothingIsLostOrDoubled(List<Promise> promises) {
    assertThat(promises).hasSize(DATASTORES).allSatisfy(this::tookEffectOnce);
    assertThat(cluster.primary().askBaton("select count(*) from failover"))
        .isEqualTo(Integer.toString(DATASTORES));
    var log = auditLog();
    assertThat(log.values()).allSatisfy(AuditChain::verify);
    for (var promise : promises) {
      hasAnIntentForEveryCall(promise, log.getOrDefault("failover/" + promise.id(), List.of()));
    }
  }

  private List<String> datastores() {
    var names = IntStream.range(0, DATASTORES).mapToObj("d%02d"::formatted).toList();
    for (var name : names) {
      simulator.add(
          SimulatedDatastore.of(
              "ldgnf-" + name,
              Member.primary(name + "-use1", Fleet.VIRGINIA),
              Member.secondary(name + "-usw2", Fleet.OREGON)));
    }
    return names.stream().map("ldgnf-"::concat).toList();
  }

  private static void awaitUntil(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).until(condition);
  }

  private static void report(String what, Instant since) {
    System.out.printf("%s after %s%n", what, Duration.between(since, Instant.now()));
  }

  private static String statuses(PostgresServer server) {
    return server.askBaton(
        """
        select string_agg(n || ' ' || status, ', ')
          from (select status, count(*) n from failover group by status) counted
        """);
  }

  /** Seconds from the promotion to the first change that was committed after it. */
  private String firstCommit(Instant promotedAt) {
    return cluster
        .primary()
        .askBaton(
            """
            select round(extract(epoch from min(at) - '%1$s'::timestamptz), 3)
              from (select pg_xact_commit_timestamp(xmin) at from audit_entry) entries
             where at > '%1$s'
            """
                .formatted(promotedAt));
  }

  /** It says that it is primary, takes a change, and never says that it is committed. */
  private static void acknowledgesNothing(PostgresServer old) {
    assertThat(old.ask("select pg_is_in_recovery()")).isEqualTo("f");
    assertThatThrownBy(
            () -> {
              try (var connection = old.connect("baton", NO_ANSWER);
                  var statement = connection.createStatement()) {
                statement.execute("create table acknowledged ()");
              }
            })
        .hasStackTraceContaining("Read timed out");
  }

  /** Apart from commits that nobody waits for any more, and from what waits for their locks. */
  private static boolean isLeft(PostgresServer old) {
    return old.ask(
            """
            select count(*) from pg_stat_activity
             where usename = '%s'
               and wait_event is distinct from 'SyncRep' and wait_event_type is distinct from 'Lock'
            """
                .formatted(PostgresCluster.USER))
        .equals("0");
  }

  /** As either instance shows it: neither may show what the old primary knew. */
  private void awaitSuccess(Promise promise) {
    for (var instance : instances) {
      await("%s at %s".formatted(promise, instance.name()))
          .atMost(PATIENCE)
          .until(() -> status(promise, instance), "SUCCEEDED"::equals);
    }
  }

  private static String status(Promise promise, BatonProcess instance) {
    var answer = instance.get("/v1/failovers/" + promise.id(), "alice");
    return JSON.readTree(answer.body()).path("status").asString();
  }

  private void tookEffectOnce(Promise promise) {
    assertThat(simulator.effectivePromotions(promise.datastore())).as("%s", promise).isEqualTo(1);
  }

  /** No call reached AWS that the new primary doesn't know of. */
  private void hasAnIntentForEveryCall(Promise promise, List<JsonNode> entries) {
    var intents =
        entries.stream()
            .filter(entry -> entry.path("type").asString().equals("CALL_INTENDED"))
            .count();
    assertThat(simulator.calls())
        .as("calls about %s with %s", promise, entries)
        .filteredOn(call -> call.action().equals("FailoverGlobalReplicationGroup"))
        .filteredOn(call -> call.globalReplicationGroupId().equals(promise.datastore()))
        .hasSizeBetween(1, (int) intents);
  }

  private Map<String, List<JsonNode>> auditLog() {
    return AuditChain.everything(path -> instances.getFirst().get(path, "carol").body());
  }
}
