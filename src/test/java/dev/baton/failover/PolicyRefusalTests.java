package dev.baton.failover;

import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BatonTest
class PolicyRefusalTests {
  @Autowired private RunningBaton baton;

  @Test
  void saysWhichRuleRefusedWhatItSawAndWhatToDo() {
    var datastore = promoted();

    var answer = baton.ask(Ask.switchover(datastore).to(VIRGINIA));

    assertThat(answer.problem()).isEqualTo("403 /problems/refused-by-policy");
    assertThat(answer.json().path("refusals")).hasSize(1);
    var refusal = answer.json().path("refusals").get(0);
    assertThat(refusal.path("rule").stringValue()).isEqualTo("cool-down");
    assertThat(refusal.path("policy").stringValue()).isEqualTo("default");
    assertThat(refusal.path("version").intValue()).isEqualTo(1);
    assertThat(refusal.path("outcome").stringValue()).isEqualTo("REFUSED");
    assertThat(refusal.path("seen").stringValue()).contains("The last promotion of " + datastore);
    assertThat(refusal.path("demanded").stringValue()).contains("At least PT10M");
    assertThat(refusal.path("remedy").stringValue()).contains("Ask again at");
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void recordsTheDenial() {
    var datastore = promoted();

    var answer = baton.ask(Ask.switchover(datastore).to(VIRGINIA));

    var id = answer.json().path("failoverId").stringValue();
    var denied = baton.failover(id);
    assertThat(RunningBaton.status(denied)).isEqualTo("DENIED");
    assertThat(denied.path("effect").stringValue()).isEqualTo("NONE");
    assertThat(denied.path("attempts")).isEmpty();
    assertThat(denied.path("finishedAt").stringValue())
        .isEqualTo(denied.path("requestedAt").stringValue());
    assertThat(denied.path("decision").path("outcome").stringValue()).isEqualTo("REFUSED");
    assertThat(denied.path("decision").path("rules")).hasSize(5);
    assertThat(denied.path("explanation").stringValue()).contains("Policy refused it");
    assertThat(baton.eventTypes(id)).containsExactly("FAILOVER_REQUESTED", "FAILOVER_DENIED");
    assertThat(baton.events(id).getLast().path("data").path("refusals"))
        .isEqualTo(answer.json().path("refusals"));
  }

  @Test
  void doesNotStandInTheWayOfARescue() {
    var datastore = promoted();

    var rescue = baton.awaitEnd(baton.accepted(Ask.failover(datastore).to(VIRGINIA)), "SUCCEEDED");

    assertThat(rescue.path("decision").path("rules").valueStream())
        .extracting(rule -> rule.path("rule").stringValue())
        .containsExactly("allowed-target-regions", "allowed-modes");
  }

  @Test
  void leavesTheDatastoreFreeForTheNextRequest() {
    var datastore = promoted();
    baton.ask(Ask.switchover(datastore).to(VIRGINIA));

    var again = baton.ask(Ask.switchover(datastore).to(VIRGINIA));

    assertThat(again.problem()).isEqualTo("403 /problems/refused-by-policy");
  }

  private String promoted() {
    var datastore = baton.datastore();
    baton.awaitEnd(baton.accepted(Ask.switchover(datastore)), "SUCCEEDED");
    return datastore;
  }
}
