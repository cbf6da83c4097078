package dev.baton.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.core.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

@BatonTest
class AuditPagingTests {
  private final String type =
      "PAGED_" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);

  @Autowired private RunningBaton baton;
  @Autowired private AuditLog log;
  @Autowired private TransactionOperations transactions;

  @Test
  void skipsNoEntryThatIsCommittedLate() throws Exception {
    append("first");
    var appended = new CountDownLatch(1);
    var mayCommit = new CountDownLatch(1);
    try (var late = Executors.newSingleThreadExecutor()) {
      var commit =
          late.submit(() ->
              transactions.executeWithoutResult(_ -> {
                write("late");
                appended.countDown();
                waitFor(mayCommit);
              }));
      waitFor(appended);
      append("second");
      append("third");
      var reader = new Reader();

      reader.readToTheEnd();
      mayCommit.countDown();
      commit.get(30, TimeUnit.SECONDS);

      await()
          .untilAsserted(() -> {
            reader.readToTheEnd();
            assertThat(reader.seen).containsExactly("first", "late", "second", "third");
          });
    }
  }

  @Test
  void showsEachEntryOnceWhileSeveralWrite() throws Exception {
    var reader = new Reader();
    try (var writers = Executors.newFixedThreadPool(4)) {
      var written = new ArrayList<Future<?>>();
      for (int writer = 0; writer < 4; writer++) {
        var name = "writer " + writer + ", entry ";
        written.add(
            writers.submit(() -> IntStream.range(0, 20).forEach(number -> append(name + number))));
      }
      while (!written.stream().allMatch(Future::isDone)) {
        reader.readToTheEnd();
      }
      for (var one : written) {
        one.get();
      }
    }

    await()
        .untilAsserted(() -> {
          reader.readToTheEnd();
          assertThat(reader.seen).hasSize(80);
        });
    var again = new Reader();
    again.readToTheEnd();
    assertThat(again.count).isEqualTo(80);
    assertThat(again.seen).containsExactlyElementsOf(reader.seen);
  }

  @Test
  void refusesTheCursorOfAnotherList() {
    for (var datastore : List.of(baton.datastore(), baton.datastore())) {
      baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");
    }
    var cursors =
        Map.of(
            "/v1/failovers", cursor("/v1/failovers"),
            "/v1/global-datastores", cursor("/v1/global-datastores"),
            "/v1/audit", cursor("/v1/audit"));

    cursors.forEach((list, cursor) ->
        cursors
            .keySet()
            .forEach(other -> {
              var answer = baton.as("carol").get(other + "?cursor=" + cursor);
              assertThat(answer.status())
                  .as("cursor of %s for %s", list, other)
                  .isEqualTo(list.equals(other) ? 200 : 400);
            }));
  }

  /** The cursor of the first page, once there are two. */
  private String cursor(String list) {
    return await()
        .until(
            () -> baton.as("carol").get(list + "?limit=1").json().path("nextCursor").asString(""),
            cursor -> !cursor.isEmpty());
  }

  /** Reads entries one at a time, from where it stopped the last time. */
  private final class Reader {
    private final Set<String> seen = new LinkedHashSet<>();
    private int count;
    private String cursor = "";

    void readToTheEnd() {
      while (true) {
        var page = get("?limit=1&type=" + type + cursor);
        for (var entry : page.path("items")) {
          seen.add(entry.path("data").path("name").stringValue());
          count++;
        }
        if (!page.hasNonNull("nextCursor")) {
          return;
        }
        cursor = "&cursor=" + page.path("nextCursor").stringValue();
      }
    }
  }

  @Test
  void showsOnlyWhatIsAskedFor() {
    var datastore = baton.datastore();
    var id = baton.accepted(Ask.switchover(datastore));
    baton.awaitEnd(id, "SUCCEEDED");
    var stream = "stream=failover/" + id;
    var requested = baton.audit("failover/" + id).getFirst();
    var at = requested.path("occurredAt").stringValue();
    await().until(() -> !types("?" + stream + "&type=FAILOVER_SUCCEEDED").isEmpty());

    assertThat(types("?" + stream + "&type=CALL_INTENDED")).containsExactly("CALL_INTENDED");
    assertThat(types("?" + stream + "&actor=alice")).containsExactly("FAILOVER_REQUESTED");
    assertThat(types("?" + stream + "&actor=nobody")).isEmpty();
    assertThat(types("?" + stream + "&to=" + at)).isEmpty();
    assertThat(types("?" + stream + "&from=" + at)).contains("FAILOVER_REQUESTED");
    assertThat(types("?" + stream + "&from=" + Instant.parse(at).plusNanos(1000)))
        .startsWith("CALL_INTENDED");
    assertThat(types("?stream=failover/" + UUID.randomUUID())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "audit:1:1", "audit:1:", "failovers|1|1", "audit:-1:1", ""})
  void refusesACursorThatItNeverGave(String plain) {
    var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes());
    var text = plain.equals("audit:1:1") ? plain : cursor;

    var answer = baton.as("carol").get("/v1/audit?cursor=" + text);

    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
    assertThat(answer.json().path("violations").get(0).path("field").stringValue())
        .isEqualTo("cursor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=x",
        "from=yesterday",
        "stream=x",
        "sort=asc",
        "type=A&type=B"
      })
  void refusesAParameterThatMakesNoSense(String parameter) {
    assertThat(baton.as("carol").get("/v1/audit?" + parameter).problem())
        .isEqualTo("400 /problems/invalid-request");
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void append(String name) {
    transactions.executeWithoutResult(_ -> write(name));
  }

  private void write(String name) {
    var stream = AuditStream.of("test", UUID.randomUUID());
    log.append(stream, type, Actor.BATON, Instant.now(), Map.of("name", name));
  }

  private JsonNode get(String query) {
    var answer = baton.as("carol").get("/v1/audit" + query);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  private List<String> types(String query) {
    return get(query)
        .path("items")
        .valueStream()
        .map(entry -> entry.path("type").stringValue())
        .toList();
  }
}
