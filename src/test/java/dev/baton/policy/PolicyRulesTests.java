package dev.baton.policy;

import static dev.baton.policy.Requests.IRELAND;
import static dev.baton.policy.Requests.failover;
import static dev.baton.policy.Requests.neverPromoted;
import static dev.baton.policy.Requests.onlyRefusal;
import static dev.baton.policy.Requests.policy;
import static dev.baton.policy.Requests.promotedBefore;
import static dev.baton.policy.Requests.switchover;
import static dev.baton.policy.Requests.switchoverUnder;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyRulesTests {
  private static final String ONLY_EUROPE =
      """
      - name: europe
        allowedTargetRegions: [eu-west-1, "eu-central-?"]
      """;
  private static final String TEN_MINUTES =
      """
      - name: settle
        match: {modes: [SWITCHOVER]}
        coolDown: PT10M
      """;
  private static final String TICKET =
      """
      - name: ticket
        requireReference: "[A-Z]+-[0-9]+"
      """;

  @Test
  void letsAnAllowedTargetRegionPass() {
    assertThat(policy(ONLY_EUROPE).evaluate(switchover().with(IRELAND), neverPromoted()))
        .isEqualTo(
            PolicyDecision.of(
                List.of(
                    new RuleResult(
                        "europe",
                        "strict",
                        7,
                        RuleOutcome.PASSED,
                        "The target Region is eu-west-1.",
                        "The target Region must be one of: eu-west-1, eu-central-?.",
                        ""))));
  }

  @Test
  void refusesARegionThatIsNotAllowedAndNamesOneThatIs() {
    var refusal = onlyRefusal(ONLY_EUROPE, switchover(), neverPromoted());
    assertThat(refusal.seen()).isEqualTo("The target Region is us-west-2.");
    assertThat(refusal.demanded())
        .isEqualTo("The target Region must be one of: eu-west-1, eu-central-?.");
    assertThat(refusal.remedy())
        .isEqualTo(
            "This policy would let target Region eu-west-1 pass now, if the datastore has a member"
                + " there. If us-west-2 should be allowed, someone who may change the policy has to"
                + " add it to this rule's allowedTargetRegions.");
  }

  @Test
  void proposesNoTargetRegionThatAnotherRuleRefusesOrThatIsPrimaryAlready() {
    var rules =
        """
        - name: two
          allowedTargetRegions: [eu-west-1, us-east-1]
        - name: america
          allowedTargetRegions: ["us-*"]
        """;
    var refusal = onlyRefusal(rules, switchover(), neverPromoted());
    assertThat(refusal.rule()).isEqualTo("two");
    assertThat(refusal.remedy()).doesNotContain("would let");
  }

  @Test
  void letsAnAllowedModePass() {
    var rules = "- name: modes\n  allowedModes: [FAILOVER]\n";
    assertThat(
            policy(rules).evaluate(failover(), neverPromoted()).outcome()
                == DecisionOutcome.REFUSED)
        .isFalse();
  }

  @Test
  void refusesAModeThatIsNotAllowedAndNamesTheOneThatIs() {
    var rules = "- name: modes\n  allowedModes: [FAILOVER]\n";
    var refusal = onlyRefusal(rules, switchover(), neverPromoted());
    assertThat(refusal.seen()).isEqualTo("The request asks for mode SWITCHOVER.");
    assertThat(refusal.demanded()).isEqualTo("The mode must be FAILOVER.");
    assertThat(refusal.remedy())
        .contains("add it to this rule's allowedModes")
        .endsWith(
            " If it can't wait, this policy would let mode FAILOVER pass now: it demands"
                + " acceptDataLoss: true, and writes that have not been replicated are lost.");
  }

  @Test
  void proposesASwitchoverWhereFailoverIsRefused() {
    var rules = "- name: modes\n  allowedModes: [SWITCHOVER]\n";
    assertThat(onlyRefusal(rules, failover(), neverPromoted()).remedy())
        .contains("would let mode SWITCHOVER pass now");
  }

  @ParameterizedTest
  @CsvSource({"PT0S, true", "PT9M59.999999999S, true", "PT10M, false", "PT10M0.000001S, false"})
  void endsTheCoolDownExactlyWhenItsTimeIsOver(Duration sincePromotion, boolean refused) {
    var decision = policy(TEN_MINUTES).evaluate(switchover(), promotedBefore(sincePromotion));
    assertThat(decision.outcome() == DecisionOutcome.REFUSED).isEqualTo(refused);
  }

  @Test
  void coolsNothingDownThatWasNeverPromoted() {
    var decision = policy(TEN_MINUTES).evaluate(switchover(), neverPromoted());
    assertThat(decision.outcome() == DecisionOutcome.REFUSED).isFalse();
    assertThat(decision.rules().getFirst().seen())
        .isEqualTo("No earlier promotion of ldgnf-sessions is known.");
  }

  @Test
  void saysWhenTheCoolDownEndsAndWhatElseCanBeDone() {
    var refusal = onlyRefusal(TEN_MINUTES, switchover(), promotedBefore(Duration.ofMinutes(4)));
    assertThat(refusal.seen())
        .isEqualTo(
            "The last promotion of ldgnf-sessions ended at 2026-11-22T03:01:00Z; it is now"
                + " 2026-11-22T03:05:00Z.");
    assertThat(refusal.demanded())
        .isEqualTo(
            "At least PT10M must have passed since the last promotion ended: not before"
                + " 2026-11-22T03:11:00Z.");
    assertThat(refusal.remedy())
        .startsWith("Ask again at 2026-11-22T03:11:00Z or later: this rule passes then")
        .contains("this policy would let mode FAILOVER pass now");
  }

  @Test
  void proposesNoFailoverDuringACoolDownWhereAnotherRuleRefusesIt() {
    var rules = TEN_MINUTES + "- name: planned\n  allowedModes: [SWITCHOVER]\n";
    var refusal = onlyRefusal(rules, switchover(), promotedBefore(Duration.ofMinutes(4)));
    assertThat(refusal.remedy())
        .startsWith("Ask again at 2026-11-22T03:11:00Z")
        .doesNotContain("FAILOVER");
  }

  @Test
  void letsAReferenceOfTheDemandedFormPass() {
    var decision = policy(TICKET).evaluate(switchoverUnder("OPS-17"), neverPromoted());
    assertThat(decision.outcome() == DecisionOutcome.REFUSED).isFalse();
  }

  @Test
  void refusesAMissingReference() {
    var refusal = onlyRefusal(TICKET, switchover(), neverPromoted());
    assertThat(refusal.seen()).isEqualTo("The request has no reference.");
    assertThat(refusal.demanded())
        .isEqualTo(
            "The request must name a reference (a ticket) of at most 255 characters, the whole of"
                + " which matches [A-Z]+-[0-9]+.");
    assertThat(refusal.remedy()).contains("Send the request again with a reference of that form");
  }

  @Test
  void refusesAReferenceThatMatchesInPartOnlyAndShowsItOnOneLine() {
    var refusal = onlyRefusal(TICKET, switchoverUnder("OPS-17\nor so"), neverPromoted());
    assertThat(refusal.seen())
        .isEqualTo("The request's reference is 'OPS-17?or so' (12 characters).");
  }

  @ParameterizedTest
  @CsvSource({"255, false", "256, true"})
  void boundsTheReference(int length, boolean refused) {
    var reference = "A-" + "1".repeat(length - 2);
    var decision = policy(TICKET).evaluate(switchoverUnder(reference), neverPromoted());
    assertThat(decision.outcome() == DecisionOutcome.REFUSED).isEqualTo(refused);
  }
}
