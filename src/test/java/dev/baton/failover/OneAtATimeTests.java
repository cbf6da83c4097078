package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BatonTest
class OneAtATimeTests {
  private static final int CALLERS = 16;

  @Autowired private RunningBaton baton;

  @Test
  void acceptsOneOfManyConcurrentRequestsAndCallsAwsOnce() throws Exception {
    var datastore = baton.datastore();
    var atOnce = new CyclicBarrier(CALLERS);
    Callable<Caller.Answer> request =
        () -> {
          atOnce.await();
          return baton.ask(Ask.failover(datastore));
        };

    var answers = new ArrayList<Caller.Answer>();
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      for (var answer : callers.invokeAll(Collections.nCopies(CALLERS, request))) {
        answers.add(answer.get());
      }
    }

    var accepted = answers.stream().filter(answer -> answer.status() == 202).toList();
    assertThat(accepted).hasSize(1);
    var id = accepted.getFirst().json().path("id").stringValue();
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 202)
        .allSatisfy(answer -> {
          assertThat(answer.problem())
              .as(answer.http().body())
              .isEqualTo("409 /problems/failover-in-progress");
          assertThat(answer.json().path("failoverId").stringValue()).isEqualTo(id);
        });
    baton.awaitEnd(id, "SUCCEEDED");
    assertThat(baton.calls(datastore)).hasSize(1);
  }

  @Test
  void namesTheFailoverThatIsUnderWay() throws InterruptedException {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.hold(), 1);
    var id = baton.accepted(Ask.switchover(datastore));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();

    var second = baton.ask(Ask.switchover(datastore).to(RunningBaton.IRELAND));
    baton.aws().release();

    assertThat(second.problem()).isEqualTo("409 /problems/failover-in-progress");
    assertThat(second.json().path("failoverId").stringValue()).isEqualTo(id);
    assertThat(second.detail()).contains(id, datastore, "us-west-2", "SWITCHING");
    baton.awaitEnd(id, "SUCCEEDED");
    assertThat(baton.calls(datastore)).hasSize(1);
  }

  @Test
  void letsARescueTakeThePlaceOfASwitchoverThatWasNotSent() {
    var busy = baton.datastore();
    // after three the next one is some seconds away
    baton.strike(busy, Fault.throttle(), 1_000);
    var switchover = baton.accepted(Ask.switchover(busy));
    await().until(() -> baton.calls(busy).size() == 3);
    baton.await(switchover, "PENDING");

    var rescue =
        baton.accepted(
            Ask.failover(busy).with("startBefore", Instant.now().plusSeconds(3).toString()));

    var ended = baton.awaitEnd(switchover, "CANCELLED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("NONE");
    assertThat(ended.path("explanation").stringValue()).contains(rescue);
    assertThat(baton.ask(Ask.switchover(busy)).problem())
        .isEqualTo("409 /problems/failover-in-progress");
    baton.awaitEnd(rescue, "EXPIRED");
  }

  @Test
  void takesTheSpellingOfAnIdForWhatItMeans() {
    var datastore = baton.datastore();

    var id = baton.accepted(Ask.failover(datastore.toUpperCase(Locale.ROOT)));

    var ended = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(ended.path("globalReplicationGroupId").stringValue()).isEqualTo(datastore);
  }

  @Test
  void lastsOnlyUntilTheFirstIsOver() {
    var datastore = baton.datastore();
    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");

    var back = baton.accepted(Ask.failover(datastore).to(RunningBaton.VIRGINIA));

    baton.awaitEnd(back, "SUCCEEDED");
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(2);
  }

  @Test
  void keepsDifferentDatastoresApart() throws InterruptedException {
    var held = baton.datastore();
    var other = baton.datastore();
    baton.strike(held, Fault.hold(), 1);
    var first = baton.accepted(Ask.switchover(held));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();

    var second = baton.accepted(Ask.switchover(other));

    baton.aws().release();
    baton.awaitEnd(first, "SUCCEEDED");
    baton.awaitEnd(second, "SUCCEEDED");
  }
}
