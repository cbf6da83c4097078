package dev.baton.failover;

import static dev.baton.RunningBaton.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.StoredPolicy;
import dev.baton.security.Caller;
import dev.baton.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Before the call nothing has happened; after it, it can't be recalled. */
@BatonTest
class CancellationTests {
  @Autowired private RunningBaton baton;

  @Test
  void endsWhatWaitsForApproval() {
    var datastore = baton.datastore();
    StoredPolicy.about(datastore, baton)
        .put("{name: lead, approvals: {required: 1, from: [leads], expiresAfter: PT1H}}");
    var id = baton.accepted(Ask.switchover(datastore));
    var cancelled = cancel("alice", id);
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.json().path("explanation").stringValue())
        .isEqualTo("Cancelled before AWS was called: alice cancelled it: no longer needed.");
    assertThat(baton.events(id).getLast().at("/actor/subject").stringValue()).isEqualTo("alice");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void endsWhatIsPendingAlsoBySomebodyElse() {
    var datastore = baton.datastore();
    var id = baton.waiting(Ask.failover(datastore));
    var cancelled = cancel("dave", id);
    assertThat(cancelled.status()).as(cancelled.http().body()).isEqualTo(200);
    assertThat(status(baton.failover(id))).isEqualTo("CANCELLED");
    baton.accepted(Ask.failover(datastore));
    assertThat(baton.failover(id).path("attempts")).hasSize(RunningBaton.THROTTLED);
  }

  @Test
  void tellsThatACallCannotBeRecalledAndGoesOnWatching() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.delay(Duration.ofMillis(700)), 1);
    var id = baton.accepted(Ask.failover(datastore));
    baton.awaitEvent(id, "CALL_INTENDED");
    var refused = cancel("alice", id);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("type").stringValue()).isEqualTo("/problems/not-cancellable");
    assertThat(refused.json().path("detail").stringValue())
        .contains("AWS has been called, or may have been, and that can't be recalled");

    baton.awaitEnd(id, "SUCCEEDED");
    assertThat(cancel("alice", id).json().path("detail").stringValue())
        .isEqualTo("The failover is over: SUCCEEDED. There is nothing left to cancel.");
  }

  @Test
  void isForWhoMayRequest() {
    var id = baton.waiting(Ask.failover(baton.datastore()));
    assertThat(cancel("bob", id).status()).isEqualTo(403);
    assertThat(cancel("alice", "00000000-0000-0000-0000-000000000000").status()).isEqualTo(404);
    baton.awaitEnd(id, "SUCCEEDED");
  }

  private Caller.Answer cancel(String user, String id) {
    return baton
        .as(user)
        .post("/v1/failovers/" + id + "/cancel", "{\"comment\": \"no longer needed\"}");
  }
}
