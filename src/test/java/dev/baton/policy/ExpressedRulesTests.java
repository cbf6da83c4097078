package dev.baton.policy;

import static dev.baton.policy.Requests.ALICE;
import static dev.baton.policy.Requests.OREGON;
import static dev.baton.policy.Requests.failover;
import static dev.baton.policy.Requests.judged;
import static dev.baton.policy.Requests.lagging;
import static dev.baton.policy.Requests.neverPromoted;
import static dev.baton.policy.Requests.onlyRefusal;
import static dev.baton.policy.Requests.policy;
import static dev.baton.policy.Requests.switchover;
import static dev.baton.policy.Requests.switchoverBy;
import static dev.baton.policy.Requests.switchoverFrom;
import static dev.baton.policy.Requests.switchoverUnder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Actor;
import dev.baton.core.Groups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressedRulesTests {
  private static final String ROBOTS =
      """
      - name: robots
        deny: requester.kind == "SERVICE" && request.mode == "SWITCHOVER"
        remedy: Ask a person of the on-call team to request it.
      """;
  private static final PolicyRequest BY_A_ROBOT =
      switchoverBy(new Requester(new Actor("deployer", Actor.Kind.SERVICE), ALICE.groups()));
  private static final TargetLag UNKNOWN = new TargetLag.Unknown(OREGON, "CloudWatch has no data");

  @Test
  void letsPassWhatIsNotDenied() {
    assertThat(policy(ROBOTS).evaluate(switchover(), neverPromoted()).rules())
        .containsExactly(
            new RuleResult(
                "robots",
                "strict",
                7,
                RuleOutcome.PASSED,
                "requester.kind == \"SERVICE\" && request.mode == \"SWITCHOVER\" is false.",
                "requester.kind == \"SERVICE\" && request.mode == \"SWITCHOVER\" must be false.",
                ""));
  }

  @Test
  void refusesWhatIsDeniedAndGivesTheAuthorsRemedy() {
    var refusal = onlyRefusal(ROBOTS, BY_A_ROBOT, neverPromoted());
    assertThat(refusal.seen()).endsWith(" is true.");
    assertThat(refusal.remedy())
        .startsWith(
            "Ask a person of the on-call team to request it. If it can't wait, this policy");
  }

  @Test
  void refusesWhatIsRequiredButNotSo() {
    var rules = "- name: named\n  require: request.reference.startsWith(\"OPS-\")\n";
    var refusal = onlyRefusal(rules, switchover(), neverPromoted());
    assertThat(refusal.demanded())
        .isEqualTo("request.reference.startsWith(\"OPS-\") must be true.");
    assertThat(refusal.remedy())
        .isEqualTo("Change the request, or wait until what the rule looks at has changed.");
    assertThat(
            policy(rules).evaluate(switchoverUnder("OPS-1"), neverPromoted()).outcome()
                == DecisionOutcome.REFUSED)
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"PT5S, false", "PT5.000000001S, true", "PT0.5S, false"})
  void seesTheLagInSeconds(Duration lag, boolean refused) {
    var rules = "- name: behind\n  deny: lag.known && lag.seconds > 5\n";
    var facts = lagging(new TargetLag.Measured(OREGON, lag, Instant.EPOCH));
    assertThat(policy(rules).evaluate(switchover(), facts).outcome() == DecisionOutcome.REFUSED)
        .isEqualTo(refused);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deny: lag.seconds > 5", "require: lag.seconds < 5"})
  void refusesWithAReasonWhereAConditionHasNoAnswer(String demand) {
    var refusal = onlyRefusal("- name: behind\n  " + demand + "\n", switchover(), lagging(UNKNOWN));
    assertThat(refusal.seen()).contains(" has no answer: key 'seconds' is not present in map");
  }

  /** Each of the variables, with a value of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "request.mode == \"SWITCHOVER\"",
        "request.reason == \"us-east-1 is being drained\"",
        "request.reference == \"OPS-17\"",
        "request.expectedPrimaryRegion == \"\"",
        "!request.acceptDataLoss",
        "datastore.globalReplicationGroupId == \"ldgnf-sessions\"",
        "datastore.accountId == \"123456789012\"",
        "datastore.primaryRegion == \"us-east-1\"",
        "target.region == \"us-west-2\"",
        "target.readiness == \"READY\" && target.readinessReasons == []",
        "lag.known && lag.seconds == 0.4",
        "requester.subject == \"alice\" && requester.kind == \"PERSON\"",
        "requester.groups == [\"payments\", \"sre\"]",
        "now == timestamp(\"2026-11-22T03:05:00Z\")"
      })
  void seesEachVariable(String condition) {
    var decision =
        policy("- name: one\n  require: '%s'\n".formatted(condition))
            .evaluate(switchoverUnder("OPS-17"), neverPromoted());
    assertThat(decision.outcome() == DecisionOutcome.REFUSED).isFalse();
  }

  @Test
  void seesWhatIsUnknownAsUnknown() {
    var unjudged = judged(new TargetReadiness.Unknown(OREGON, "nobody looked"));
    assertThat(
            policy(
                        "- name: one\n  require: target.readiness == \"UNKNOWN\" &&"
                            + " target.readinessReasons == [\"nobody looked\"]\n")
                    .evaluate(switchover(), unjudged)
                    .outcome()
                == DecisionOutcome.REFUSED)
        .isFalse();
    assertThat(
            policy("- name: one\n  require: datastore.primaryRegion == \"\"\n")
                    .evaluate(switchoverFrom(Optional.empty()), neverPromoted())
                    .outcome()
                == DecisionOutcome.REFUSED)
        .isFalse();
    assertThat(
            onlyRefusal(
                    "- name: one\n  deny: requester.groups.exists(it, it == \"guests\")\n",
                    switchoverBy(new Groups.Unknown("nobody knows")),
                    neverPromoted())
                .seen())
        .contains("has no answer");
  }

  @Test
  void looksAtWhatTheConditionNames() {
    assertThat(policy("- name: a\n  deny: lag.known\n").looksAt(failover()))
        .containsExactly(Fact.LAG);
    assertThat(policy("- name: a\n  deny: target.region == \"\"\n").looksAt(failover()))
        .isEqualTo(java.util.Set.copyOf(List.of(Fact.READINESS)));
    assertThat(policy(ROBOTS).looksAt(failover())).isEmpty();
  }
}
