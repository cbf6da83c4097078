package dev.baton.policy;

import static dev.baton.policy.Requests.IRELAND;
import static dev.baton.policy.Requests.NOW;
import static dev.baton.policy.Requests.OREGON;
import static dev.baton.policy.Requests.failover;
import static dev.baton.policy.Requests.lagging;
import static dev.baton.policy.Requests.policy;
import static dev.baton.policy.Requests.switchover;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaxReplicationLagTests {
  private static final String FIVE_SECONDS =
      """
      - name: caught-up
        match: {modes: [SWITCHOVER]}
        maxReplicationLag: PT5S
      """;
  private static final Instant MEASURED = NOW.minusSeconds(70);
  private static final TargetLag UNKNOWN = new TargetLag.Unknown(OREGON, "CloudWatch has no data");

  @ParameterizedTest
  @CsvSource({"PT0S, false", "PT4.999S, false", "PT5S, false", "PT5.000000001S, true"})
  void letsALagPassUpToItsBound(Duration lag, boolean refused) {
    assertThat(
            policy(FIVE_SECONDS).evaluate(switchover(), lagging(behind(lag))).outcome()
                == DecisionOutcome.REFUSED)
        .isEqualTo(refused);
  }

  @Test
  void saysHowFarItIsBehindWhenThatWasMeasuredAndWhatToDo() {
    var refusal = onlyRefusal(FIVE_SECONDS, behind(Duration.ofMillis(7200)));

    assertThat(refusal.seen())
        .isEqualTo(
            "The replication lag of us-west-2 was PT7.2S, measured at 2026-11-22T03:03:50Z.");
    assertThat(refusal.demanded())
        .isEqualTo("The target's replication lag must be known and at most PT5S.");
    assertThat(refusal.remedy())
        .startsWith("Ask again when us-west-2 has caught up")
        .contains("this policy would let mode FAILOVER pass now");
  }

  @Test
  void refusesALagThatIsUnknown() {
    var refusal = onlyRefusal(FIVE_SECONDS, UNKNOWN);

    assertThat(refusal.seen())
        .isEqualTo("The replication lag of us-west-2 is unknown: CloudWatch has no data.");
    assertThat(refusal.remedy())
        .startsWith("Check that CloudWatch shows GlobalDatastoreReplicationLag in us-west-2")
        .contains("allowUnknownLag: true", "this policy would let mode FAILOVER pass now");
  }

  @Test
  void proposesNoFailoverThatItRefusesToo() {
    var everyMode = "- name: caught-up\n  maxReplicationLag: PT5S\n";

    assertThat(onlyRefusal(everyMode, UNKNOWN).remedy()).doesNotContain("FAILOVER");
  }

  @Test
  void letsAnUnknownLagPassWhereTheRuleSaysSo() {
    var rules = FIVE_SECONDS + "  allowUnknownLag: true\n";

    var decision = policy(rules).evaluate(switchover(), lagging(UNKNOWN));

    assertThat(decision.outcome() == DecisionOutcome.REFUSED).isFalse();
    assertThat(decision.rules().getFirst().demanded())
        .isEqualTo("The target's replication lag must be at most PT5S where it is known.");
    assertThat(onlyRefusal(rules, behind(Duration.ofSeconds(6))).rule()).isEqualTo("caught-up");
  }

  @Test
  void refusesAnUnknownLagWhereTheRuleSaysThatToo() {
    onlyRefusal(FIVE_SECONDS + "  allowUnknownLag: false\n", UNKNOWN);
  }

  @Test
  void takesNoOtherRegionsLagForTheTargets() {
    var toIreland = switchover().with(IRELAND);

    var decision = policy(FIVE_SECONDS).evaluate(toIreland, lagging(behind(Duration.ofMillis(1))));

    assertThat(decision.refusals().getFirst().seen())
        .isEqualTo("The replication lag of eu-west-1 is unknown: it was not read.");
  }

  @Test
  void looksAtTheLagOfWhatItConcernsOnly() {
    var policy = policy(FIVE_SECONDS + "- name: settle\n  coolDown: PT10M\n");

    assertThat(policy.looksAt(switchover())).containsExactly(Fact.LAG);
    assertThat(policy.looksAt(failover())).isEmpty();
  }

  private static TargetLag behind(Duration lag) {
    return new TargetLag.Measured(OREGON, lag, MEASURED);
  }

  private static RuleResult onlyRefusal(String rules, TargetLag lag) {
    var decision = policy(rules).evaluate(switchover(), lagging(lag));
    assertThat(decision.refusals()).hasSize(1);
    return decision.refusals().getFirst();
  }
}
