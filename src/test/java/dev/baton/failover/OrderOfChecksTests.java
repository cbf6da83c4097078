package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BatonTest
class OrderOfChecksTests {
  private static final Ask NOTHING_RIGHT = new Ask(Map.of("targetRegion", "nowhere"));

  @Autowired private RunningBaton baton;

  @Test
  void asksWhoItIsFirst() {
    var answer = Caller.nobody(baton.port()).post("/v1/failovers", NOTHING_RIGHT.json());

    assertThat(answer.problem()).isEqualTo("401 /problems/unauthenticated");
  }

  @Test
  void asksForPermissionBeforeItReadsTheBody() {
    var answer = baton.as("carol").post("/v1/failovers", NOTHING_RIGHT.json());

    assertThat(answer.problem()).isEqualTo("403 /problems/forbidden");
  }

  @Test
  void readsTheBodyBeforeItLooksForTheDatastore() {
    var answer = baton.ask(Ask.switchover(RunningBaton.newId()).without("reason"));

    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
  }

  @Test
  void doesNotKnowADatastoreThatNoRegionShows() {
    var unknown = RunningBaton.newId();

    var answer = baton.ask(Ask.switchover(unknown).with("expectedPrimaryRegion", "eu-west-1"));

    assertThat(answer.problem()).isEqualTo("404 /problems/unknown-global-datastore");
    assertThat(answer.detail()).contains(unknown, "us-east-1, us-west-2, eu-west-1");
    assertThat(baton.calls(unknown)).isEmpty();
  }

  @Test
  void makesNoCallIfTheTargetIsPrimaryAlready() {
    var datastore = baton.datastore();

    for (var ask : new Ask[] {Ask.switchover(datastore), Ask.failover(datastore)}) {
      var answer = baton.ask(ask.to(RunningBaton.VIRGINIA));

      assertThat(answer.problem()).isEqualTo("409 /problems/already-primary");
      assertThat(answer.json().path("primaryRegion").stringValue()).isEqualTo("us-east-1");
    }
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void refusesIfThePrimaryIsNotWhereItWasExpected() {
    var datastore = baton.datastore();

    var answer = baton.ask(Ask.switchover(datastore).with("expectedPrimaryRegion", "eu-west-1"));

    assertThat(answer.problem()).isEqualTo("409 /problems/primary-elsewhere");
    assertThat(answer.json().path("primaryRegion").stringValue()).isEqualTo("us-east-1");
    assertThat(answer.detail()).contains("expected in eu-west-1 but is in us-east-1");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void goesAheadIfThePrimaryIsWhereItWasExpected() {
    var id =
        baton.accepted(
            Ask.switchover(baton.datastore()).with("expectedPrimaryRegion", "us-east-1"));

    assertThat(baton.awaitEnd(id, "SUCCEEDED").path("expectedPrimaryRegion").stringValue())
        .isEqualTo("us-east-1");
  }

  @Test
  void asksPolicyLast() {
    var datastore = baton.datastore();
    baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");

    assertThat(baton.ask(Ask.switchover(datastore)).status()).isEqualTo(409);
    assertThat(baton.ask(Ask.switchover(datastore).to(RunningBaton.IRELAND)).problem())
        .isEqualTo("403 /problems/refused-by-policy");
  }
}
