package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.core.Actor;
import dev.baton.failover.idempotency.IdempotencyKey;
import dev.baton.failover.idempotency.IdempotencyKeys;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BatonTest
class IdempotencyKeyTests {
  private static final String IN_USE = "409 /problems/idempotency-key-in-use";
  private static final int CALLERS = 16;

  @Autowired private RunningBaton baton;
  @Autowired private JdbcClient database;
  @Autowired private IdempotencyKeys keys;

  @Test
  void givesTheFirstAnswerAgainWhateverHappenedSince() {
    var datastore = baton.datastore();
    var key = newKey();
    var first = ask(key, Ask.switchover(datastore));
    var id = first.json().path("id").stringValue();
    baton.awaitEnd(id, "SUCCEEDED");

    var second = ask(key, Ask.switchover(datastore));

    assertThat(second.status()).isEqualTo(202);
    assertThat(second.http().body()).isEqualTo(first.http().body());
    for (var header : List.of("Location", "ETag", "Retry-After", "Content-Type")) {
      assertThat(second.header(header)).as(header).isNotEmpty().isEqualTo(first.header(header));
    }
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(baton.calls(datastore)).hasSize(1);
  }

  @Test
  void comparesBodiesByTheirValue() {
    var datastore = baton.datastore();
    var key = newKey();
    var plain =
        """
        {"globalReplicationGroupId":"%s","targetRegion":"us-west-2","reason":"caf\u00e9"}\
        """
            .formatted(datastore);
    var spaced =
        """
        { "reason" : "caf\\u00e9",
          "targetRegion" : "us-west-2", "globalReplicationGroupId" : "%s" }\
        """
            .formatted(datastore);

    var first = post(baton.alice(), key, plain);
    var second = post(baton.alice(), key, spaced);

    assertThat(first.status()).isEqualTo(202);
    assertThat(second.http().body()).isEqualTo(first.http().body());
    baton.awaitEnd(first.json().path("id").stringValue(), "SUCCEEDED");
  }

  @Test
  void refusesTheKeyForAnotherBody() {
    var datastore = baton.datastore();
    var key = newKey();
    var id = ask(key, Ask.switchover(datastore)).json().path("id").stringValue();

    var other = ask(key, Ask.switchover(datastore).with("reason", "another one"));

    assertThat(other.problem()).isEqualTo("422 /problems/idempotency-key-reused");
    assertThat(other.detail()).contains(key, "24 hours");
    baton.awaitEnd(id, "SUCCEEDED");
  }

  @Test
  void keepsTheKeysOfDifferentCallersApart() {
    var key = newKey();
    var first = ask(key, Ask.switchover(baton.datastore()));

    var second = post(baton.as("dave"), key, Ask.switchover(baton.datastore()).json());

    assertThat(List.of(first.status(), second.status())).containsOnly(202);
    assertThat(second.http().body()).isNotEqualTo(first.http().body());
    for (var answer : List.of(first, second)) {
      baton.awaitEnd(answer.json().path("id").stringValue(), "SUCCEEDED");
    }
  }

  @Test
  void keepsWhatPolicyRefused() {
    var datastore = baton.datastore();
    baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");
    var key = newKey();
    var ask = Ask.switchover(datastore).to(RunningBaton.IRELAND);
    var first = ask(key, ask);

    var second = ask(key, ask);

    assertThat(first.problem()).isEqualTo("403 /problems/refused-by-policy");
    assertThat(second.http().body()).isEqualTo(first.http().body());
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(baton.alice().get(listed(datastore, "DENIED")).json().path("items")).hasSize(1);
  }

  @Test
  void keepsNothingOfARequestThatWasTurnedAway() {
    var datastore = RunningBaton.newId();
    var key = newKey();
    assertThat(ask(key, Ask.switchover(datastore)).status()).isEqualTo(404);
    assertThat(ask(key, Ask.switchover(datastore).without("reason")).status()).isEqualTo(400);
    var known = baton.datastore();

    var accepted = ask(key, Ask.switchover(known));

    assertThat(accepted.status()).as(accepted.http().body()).isEqualTo(202);
    baton.awaitEnd(accepted.json().path("id").stringValue(), "SUCCEEDED");
  }

  @Test
  void answersARepetitionThatWouldBeTooLateAsANewRequest() {
    var key = newKey();
    var soon = Instant.now().plusSeconds(3);
    var ask = Ask.switchover(baton.datastore()).with("startBefore", soon.toString());
    var first = ask(key, ask);
    assertThat(first.status()).isEqualTo(202);
    Awaitility.await().until(() -> Instant.now().isAfter(soon));

    assertThat(ask(key, ask).http().body()).isEqualTo(first.http().body());
    assertThat(baton.ask(ask).status()).isEqualTo(400);
  }

  @Test
  void tellsThatTheFirstIsStillRunning() throws InterruptedException {
    var datastore = baton.datastore();
    var key = newKey();
    holdTheReadOf(datastore);
    var first = CompletableFuture.supplyAsync(() -> ask(key, Ask.switchover(datastore)));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();

    var same = ask(key, Ask.switchover(datastore));
    var other = ask(key, Ask.failover(datastore));
    baton.aws().release();

    assertThat(same.problem()).isEqualTo(IN_USE);
    assertThat(same.header("Retry-After")).isEqualTo("1");
    assertThat(other.problem()).isEqualTo("422 /problems/idempotency-key-reused");
    assertThat(first.join().status()).isEqualTo(202);
    assertThat(ask(key, Ask.switchover(datastore)).http().body())
        .isEqualTo(first.join().http().body());
    baton.awaitEnd(first.join().json().path("id").stringValue(), "SUCCEEDED");
  }

  @Test
  void acceptsOneOfManyConcurrentRepetitions() throws Exception {
    var datastore = baton.datastore();
    var key = newKey();
    var atOnce = new CyclicBarrier(CALLERS);
    Callable<Caller.Answer> request =
        () -> {
          atOnce.await();
          return ask(key, Ask.switchover(datastore));
        };

    var answers = new ArrayList<Caller.Answer>();
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      for (var answer : callers.invokeAll(Collections.nCopies(CALLERS, request))) {
        answers.add(answer.get());
      }
    }

    var accepted = answers.stream().filter(answer -> answer.status() == 202).toList();
    assertThat(accepted).isNotEmpty();
    assertThat(accepted)
        .extracting(answer -> answer.http().body())
        .containsOnly(accepted.getFirst().http().body());
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 202)
        .allSatisfy(answer -> assertThat(answer.problem()).isEqualTo(IN_USE));
    baton.awaitEnd(accepted.getFirst().json().path("id").stringValue(), "SUCCEEDED");
    assertThat(baton.calls(datastore)).hasSize(1);
  }

  @Test
  void letsTheNextOneGoOnWhereTheFirstDied() {
    var datastore = baton.datastore();
    var key = newKey();
    hold(key);
    assertThat(ask(key, Ask.switchover(datastore)).status()).isEqualTo(422);

    age(key, "held_until");

    var accepted = ask(key, Ask.switchover(datastore));
    assertThat(accepted.status()).as(accepted.http().body()).isEqualTo(202);
    baton.awaitEnd(accepted.json().path("id").stringValue(), "SUCCEEDED");
  }

  @Test
  void turnsAwayTheFirstIfItCameBackTooLate() throws InterruptedException {
    var datastore = baton.datastore();
    var key = newKey();
    holdTheReadOf(datastore);
    var first = CompletableFuture.supplyAsync(() -> ask(key, Ask.switchover(datastore)));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();
    age(key, "held_until");
    hold(key);
    baton.aws().release();

    assertThat(first.join().problem()).isEqualTo(IN_USE);

    assertThat(baton.alice().get(listed(datastore, "PENDING")).json().path("items")).isEmpty();
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void forgetsAKeyAfterADay() {
    var key = newKey();
    var first = ask(key, Ask.switchover(baton.datastore()));
    var other = Ask.switchover(baton.datastore());
    assertThat(ask(key, other).status()).isEqualTo(422);

    age(key, "expires_at");

    var second = ask(key, other);
    assertThat(second.status()).isEqualTo(202);
    age(key, "expires_at");
    assertThat(keys.forgetExpired(1_000)).isPositive();
    assertThat(count(key)).isZero();
    for (var answer : List.of(first, second)) {
      baton.awaitEnd(answer.json().path("id").stringValue(), "SUCCEEDED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "caf\u00e9", "a\tb", "TOO LONG"})
  void refusesAKeyThatIsEmptyTooLongOrNotPrintable(String key) throws IOException {
    var value = key.equals("TOO LONG") ? "k".repeat(256) : key;

    var answer = raw("Idempotency-Key: " + value + "\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"field\":\"Idempotency-Key\"");
  }

  @Test
  void refusesTwoKeys() throws IOException {
    assertThat(raw("Idempotency-Key: one\r\nIdempotency-Key: two\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("must be given once");
  }

  @Test
  void takesTheLongestKeyThereMayBe() {
    var key = newKey() + "~".repeat(255 - newKey().length());

    var accepted = ask(key, Ask.switchover(baton.datastore()));

    assertThat(accepted.status()).isEqualTo(202);
    baton.awaitEnd(accepted.json().path("id").stringValue(), "SUCCEEDED");
  }

  private String raw(String header) throws IOException {
    var body = Ask.switchover(RunningBaton.newId()).json();
    return baton
        .alice()
        .raw(
            "POST /v1/failovers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
                    .formatted(baton.alice().headers().get("Authorization"), body.length())
                + header
                + "\r\n"
                + body);
  }

  private Caller.Answer ask(String key, Ask ask) {
    return post(baton.alice(), key, ask.json());
  }

  private static Caller.Answer post(Caller caller, String key, String body) {
    return caller.with("Idempotency-Key", key).post("/v1/failovers", body);
  }

  private static String newKey() {
    return UUID.randomUUID().toString();
  }

  private static String listed(String datastore, String status) {
    return "/v1/failovers?globalReplicationGroupId=%s&status=%s".formatted(datastore, status);
  }

  private void holdTheReadOf(String datastore) {
    baton
        .aws()
        .inject(
            Injection.of(Fault.hold())
                .on("DescribeGlobalReplicationGroups")
                .about(datastore)
                .times(1));
  }

  private int count(String key) {
    return database
        .sql("select count(*) from idempotency_key where key = ?")
        .param(key)
        .query(Integer.class)
        .single();
  }

  /** As if somebody else were at it, with a body of their own. */
  private void hold(String key) {
    var taken =
        keys.take(
            new IdempotencyKeys.Name(
                new Actor("alice", Actor.Kind.PERSON), new IdempotencyKey(key)),
            Map.of().toString());
    assertThat(taken).isInstanceOf(IdempotencyKeys.Use.Held.class);
  }

  private void age(String key, String column) {
    database
        .sql(
            "update idempotency_key set %s = now() - interval '1 second' where key = ?"
                .formatted(column))
        .param(key)
        .update();
  }
}
