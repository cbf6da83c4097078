package dev.baton.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.Fault;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Computes the chains again from nothing but the JSON that the API exports. */
@BatonTest
class HashChainTests {
  private static final String AWKWARD = "na\u00efve \"quoted\" \\ / < \u20ac \ud83d\ude00";

  @Autowired private RunningBaton baton;

  @Test
  void canBeComputedAgainForEveryStream() {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.throttle(), 1);
    var succeeded = baton.accepted(Ask.switchover(datastore).with("reference", "\u00e9"));
    baton.awaitEnd(succeeded, "SUCCEEDED");
    var denied = baton.ask(Ask.switchover(datastore).to("eu-west-1").with("reason", AWKWARD));
    assertThat(denied.status()).isEqualTo(403);

    var streams = AuditChain.everything(path -> baton.as("carol").get(path).http().body());

    assertThat(streams)
        .containsKeys(
            "failover/" + succeeded, "failover/" + denied.json().path("failoverId").stringValue());
    streams.values().forEach(AuditChain::verify);
  }

  @Test
  void givesAwayAnyChange() {
    var id = baton.accepted(Ask.switchover(baton.datastore()));
    baton.awaitEnd(id, "SUCCEEDED");
    var first = baton.audit("failover/" + id).getFirst();

    var forged = JsonMapper.shared().readTree(first.toString().replace("alice", "mallory"));

    assertThat(AuditChain.hash(first)).isEqualTo(first.path("hash").stringValue());
    assertThat(AuditChain.hash(forged)).isNotEqualTo(forged.path("hash").stringValue());
  }
}
