package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@BatonTest
class FailoverListTests {
  @Autowired private RunningBaton baton;
  private String datastore;
  private String promotion;

  @BeforeEach
  void promote() {
    datastore = baton.datastore();
    promotion = baton.accepted(Ask.switchover(datastore));
    baton.awaitEnd(promotion, "SUCCEEDED");
  }

  @Test
  void showsTheNewestFirst() {
    var older = denied("alice");
    var newer = denied("alice");

    assertThat(ids(list(""))).containsExactly(newer, older, promotion);
    assertThat(list("").path("items").get(2)).isEqualTo(baton.failover(promotion));
  }

  @Test
  void turnsPagesWhileFailoversAreAdded() {
    var expected = new ArrayList<String>(List.of(promotion));
    for (int count = 0; count < 4; count++) {
      expected.add(denied("alice"));
    }
    Collections.reverse(expected);

    var seen = new ArrayList<String>();
    var page = list("&limit=2");
    seen.addAll(ids(page));
    while (page.hasNonNull("nextCursor")) {
      denied("alice");
      page = list("&limit=2&cursor=" + page.path("nextCursor").stringValue());
      assertThat(ids(page)).hasSizeLessThanOrEqualTo(2);
      seen.addAll(ids(page));
    }

    assertThat(seen).containsExactlyElementsOf(expected);
  }

  @Test
  void showsEachOnceWhileSeveralAsk() throws Exception {
    var before = new ArrayList<String>(List.of(promotion));
    for (int count = 0; count < 9; count++) {
      before.add(denied("alice"));
    }
    Collections.reverse(before);
    var walks = new ArrayList<List<String>>();
    try (var callers = Executors.newFixedThreadPool(3)) {
      var asked = new ArrayList<Future<?>>();
      for (var user : List.of("alice", "alice", "dave")) {
        asked.add(callers.submit(() -> IntStream.range(0, 8).forEach(_ -> denied(user))));
      }
      do {
        walks.add(walk());
      } while (!asked.stream().allMatch(Future::isDone));
      for (var one : asked) {
        one.get();
      }
    }
    walks.add(walk());

    assertThat(walks)
        .allSatisfy(walk ->
            assertThat(walk).doesNotHaveDuplicates().endsWith(before.toArray(String[]::new)));
    assertThat(walks.getLast()).hasSize(10 + 24);
  }

  private List<String> walk() {
    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = list("&limit=3" + cursor);
      seen.addAll(ids(page));
      cursor =
          page.hasNonNull("nextCursor") ? "&cursor=" + page.path("nextCursor").stringValue() : "";
    } while (!cursor.isEmpty());
    return seen;
  }

  @Test
  void showsOnlyWhatIsAskedFor() {
    var denial = denied("dave");
    var at = baton.failover(denial).path("requestedAt").stringValue();

    assertThat(ids(list("&status=SUCCEEDED"))).containsExactly(promotion);
    assertThat(ids(list("&status=DENIED"))).containsExactly(denial);
    assertThat(ids(list("&status=STALLED"))).isEmpty();
    assertThat(ids(list("&requestedBy=dave"))).containsExactly(denial);
    assertThat(ids(list("&from=" + at))).containsExactly(denial);
    assertThat(ids(list("&to=" + at))).containsExactly(promotion);
    assertThat(ids(list("&accountId=000000000000"))).hasSize(2);
    assertThat(ids(list("&accountId=123456789012"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cursor=abc",
        "cursor=ZmFpbG92ZXJzfDF8MQ",
        "limit=0",
        "status=DONE",
        "accountId=1",
        "from=now",
        "globalReplicationGroupId=-",
        "sort=asc"
      })
  void refusesAParameterThatMakesNoSense(String parameter) {
    var answer = baton.alice().get("/v1/failovers?" + parameter);

    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
    assertThat(answer.json().path("violations").get(0).path("field").stringValue())
        .isEqualTo(parameter.substring(0, parameter.indexOf('=')));
  }

  @Test
  void doesNotKnowAFailoverThatNobodyAskedFor() {
    for (var id : List.of(UUID.randomUUID().toString(), "1", promotion.toUpperCase(Locale.ROOT))) {
      assertThat(baton.alice().get("/v1/failovers/" + id).problem())
          .isEqualTo("404 /problems/unknown-failover");
    }
  }

  private String denied(String user) {
    var answer =
        baton.as(user).post("/v1/failovers", Ask.switchover(datastore).to("eu-west-1").json());
    assertThat(answer.status()).isEqualTo(403);
    return answer.json().path("failoverId").stringValue();
  }

  private JsonNode list(String more) {
    var answer = baton.alice().get("/v1/failovers?globalReplicationGroupId=" + datastore + more);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> ids(JsonNode page) {
    return page.path("items").valueStream().map(item -> item.path("id").stringValue()).toList();
  }
}
