package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@BatonTest
class LongPollTests {
  @Autowired private RunningBaton baton;

  @Test
  void answersOnceThereIsNews() throws Exception {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.hold(), 1);
    var id = baton.accepted(Ask.switchover(datastore));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();
    var known = baton.alice().get("/v1/failovers/" + id);
    assertThat(RunningBaton.status(known.json())).isEqualTo("SWITCHING");

    var poll = CompletableFuture.supplyAsync(() -> poll(id, known.header("ETag"), "wait=30"));
    Awaitility.await().during(Duration.ofMillis(500)).until(() -> !poll.isDone());
    baton.aws().release();

    var news = poll.get(10, TimeUnit.SECONDS);
    assertThat(news.status()).isEqualTo(200);
    assertThat(news.header("ETag")).isNotEqualTo(known.header("ETag"));
    assertThat(RunningBaton.status(news.json())).isNotEqualTo("SWITCHING");
    assertThat(news.header("Preference-Applied")).isEqualTo("wait=30");
    assertThat(baton.awaitEnd(id, "SUCCEEDED")).isNotNull();
  }

  @Test
  void followsAFailoverToItsEndFromVersionToVersion() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    var tag = "\"none\"";
    var statuses = new ArrayList<String>();

    Caller.Answer shown;
    do {
      shown = poll(id, tag, "wait=20");
      assertThat(shown.status()).isEqualTo(200);
      assertThat(shown.header("ETag")).isNotEqualTo(tag);
      tag = shown.header("ETag");
      statuses.add(RunningBaton.status(shown.json()));
    } while (!shown.json().has("finishedAt"));

    assertThat(statuses).endsWith("SUCCEEDED").hasSizeGreaterThan(1);
  }

  /** Each on a failover of its own: two seconds after its first call comes the next. */
  @ParameterizedTest
  @ValueSource(strings = {"wait=1", "respond-async, Wait=\"1\"; x=y"})
  void answersWithoutNewsWhenTheTimeIsOver(String preference) {
    var id = waiting();
    var tag = baton.alice().get("/v1/failovers/" + id).header("ETag");

    assertThat(poll(id, tag, preference).status()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "wait=", "wait=soon", "wait=-1", "wait=1.5", "handling=strict"})
  void ignoresAPreferenceThatItDoesNotUnderstand(String preference) {
    var id = waiting();
    var tag = baton.alice().get("/v1/failovers/" + id).header("ETag");

    var answer = poll(id, tag, preference);

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.header("Preference-Applied")).isEmpty();
  }

  @Test
  void doesNotWaitWithoutAVersionNorForWhatIsOver() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    var ended = baton.awaitEnd(id, "SUCCEEDED");
    var shown = baton.alice().with("Prefer", "wait=30").get("/v1/failovers/" + id);

    assertThat(shown.json()).isEqualTo(ended);
    assertThat(poll(id, shown.header("ETag"), "wait=100000").status()).isEqualTo(304);
    assertThat(poll(id, "*", "wait=30").status()).isEqualTo(304);
  }

  @Test
  void waitsAMinuteAtTheMost() {
    var id = waiting();

    var answer = poll(id, "\"another\"", "wait=100000");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
  }

  /** One that stays as it is for a while. */
  private String waiting() {
    var datastore = baton.datastore("modifying");
    var id =
        baton.accepted(
            Ask.failover(datastore).with("startBefore", Instant.now().plusSeconds(6).toString()));
    baton.awaitEvent(id, "FAILOVER_WAITING");
    return id;
  }

  private Caller.Answer poll(String id, String tag, String preference) {
    return baton
        .alice()
        .with("If-None-Match", tag)
        .with("Prefer", preference)
        .get("/v1/failovers/" + id);
  }
}
