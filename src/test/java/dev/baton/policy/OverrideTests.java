package dev.baton.policy;

import static dev.baton.policy.Requests.document;
import static dev.baton.policy.Requests.neverPromoted;
import static dev.baton.policy.Requests.policy;
import static dev.baton.policy.Requests.switchoverOverriding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverrideTests {
  private static final String RULES =
      """
      - name: ticket
        requireReference: "[A-Z]+-[0-9]+"
      - name: expected
        overridable: false
        requireExpectedPrimary: true
      - name: modes
        allowedModes: [SWITCHOVER]
      - name: rescues
        match: {modes: [FAILOVER]}
        allowedModes: [SWITCHOVER]
      - name: trial
        enforcement: WARN
        allowedTargetRegions: [eu-west-1]
      """;
  private static final String APPROVED =
      """
      - name: four-eyes
        approvals: {required: 2, from: [sre, dba], expiresAfter: PT1H}
      """;

  @Test
  void setsARefusalAside() {
    var judgement = judge("ticket");
    assertThat(judgement.misusedOverrides()).isEmpty();
    assertThat(outcome(judgement, "ticket")).isEqualTo(RuleOutcome.OVERRIDDEN);
    assertThat(judgement.decision().refusals())
        .extracting(RuleResult::rule)
        .containsExactly("expected");
    assertThat(judgement.decision().rules().getFirst().seen())
        .isEqualTo("The request has no reference.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expected | can't be set aside: the policy has it as overridable: false",
        "modes | doesn't need to be set aside: the rule does not refuse",
        "trial | doesn't need to be set aside: the rule does not refuse",
        "rescues | doesn't need to be set aside: the rule does not concern this request",
        "strict/rescues | doesn't need to be set aside: the rule does not concern this request",
        "tickets | is not the name of a rule",
        "lax/ticket | is not the name of a rule",
      })
  void tellsOfAnOverrideThatSetsNothingAside(String name, String message) {
    var judgement = judge(name);
    assertThat(judgement.misusedOverrides()).containsExactly(new MisusedOverride(name, message));
    assertThat(judgement.decision()).isEqualTo(judge().decision());
  }

  @Test
  void tellsOfAllOfThemInOrder() {
    assertThat(judge("tickets", "modes", "ticket").misusedOverrides())
        .extracting(MisusedOverride::name)
        .containsExactly("modes", "tickets");
  }

  @Test
  void setsAsideTheRuleOfOnePolicyOrOfAllThatHaveIt() {
    var ticket = "- name: ticket\n  requireReference: '[A-Z]+'\n";
    var policies = new PolicySet(List.of(document(ticket, "b"), document(ticket, "a")));
    assertThat(policies.evaluate(switchoverOverriding("a/ticket"), neverPromoted()).refusals())
        .extracting(RuleResult::policy)
        .containsExactly("b");
    assertThat(
            policies.evaluate(switchoverOverriding("ticket"), neverPromoted()).outcome()
                == DecisionOutcome.REFUSED)
        .isFalse();
  }

  @Test
  void tellsOfARuleThatCanBeSetAsideInOnePolicyOnly() {
    var ticket = "- name: ticket\n  requireReference: '[A-Z]+'\n";
    var policies =
        new PolicySet(
            List.of(document(ticket, "a"), document(ticket + "  overridable: false\n", "b")));
    var judgement = policies.judge(switchoverOverriding("ticket"), neverPromoted());
    assertThat(judgement.decision().rules())
        .extracting(RuleResult::outcome)
        .containsExactly(RuleOutcome.OVERRIDDEN, RuleOutcome.REFUSED);
    assertThat(judgement.misusedOverrides()).hasSize(1);
  }

  @Test
  void onlyWarnsWhereTheRuleSaysSo() {
    var judgement = judge();
    assertThat(outcome(judgement, "trial")).isEqualTo(RuleOutcome.WARNED);
    var warning = judgement.decision().rules().getLast();
    assertThat(warning.seen()).isEqualTo("The target Region is us-west-2.");
    assertThat(warning.remedy()).contains("If us-west-2 should be allowed");
  }

  @Test
  void demandsApprovalAndSaysWhose() {
    var judgement = policy(APPROVED).judge(switchoverOverriding(), neverPromoted());
    assertThat(judgement.decision().outcome()).isEqualTo(DecisionOutcome.NEEDS_APPROVAL);
    assertThat(judgement.decision().outcome() == DecisionOutcome.REFUSED).isFalse();
    assertThat(judgement.decision().isAllowed()).isFalse();
    assertThat(judgement.decision().refusals())
        .extracting(RuleResult::outcome)
        .containsExactly(RuleOutcome.NEEDS_APPROVAL);
    assertThat(judgement.decision().rules())
        .containsExactly(
            new RuleResult(
                "four-eyes",
                "strict",
                7,
                RuleOutcome.NEEDS_APPROVAL,
                "Nobody has approved it yet.",
                "2 people of sre or dba other than the requester must approve within PT1H.",
                "Ask sre or dba for approval."));
    assertThat(judgement.approvals())
        .containsExactly(
            new ApprovalDemand(
                "four-eyes", "strict", 7, 2, 0, List.of("sre", "dba"), Duration.ofHours(1)));
  }

  @Test
  void refusesWhereOneRuleDoesAndAnotherDemandsApproval() {
    var judgement = policy(APPROVED + RULES).judge(switchoverOverriding(), neverPromoted());
    assertThat(judgement.decision().outcome()).isEqualTo(DecisionOutcome.REFUSED);
    var other = policy(RULES + APPROVED).judge(switchoverOverriding(), neverPromoted());
    assertThat(other.decision().outcome()).isEqualTo(DecisionOutcome.REFUSED);
    assertThat(other.approvals()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"match: {modes: [FAILOVER]}", "enforcement: WARN"})
  void demandsNoApprovalOfWhatItDoesNotBind(String field) {
    var judgement =
        policy(APPROVED + "  " + field + "\n").judge(switchoverOverriding(), neverPromoted());
    assertThat(judgement.decision().outcome()).isEqualTo(DecisionOutcome.PASSED);
    assertThat(judgement.approvals()).isEmpty();
  }

  @Test
  void setsAnApprovalAside() {
    var judgement = policy(APPROVED).judge(switchoverOverriding("four-eyes"), neverPromoted());
    assertThat(judgement.decision().rules())
        .extracting(RuleResult::rule, RuleResult::outcome)
        .containsExactly(tuple("four-eyes", RuleOutcome.OVERRIDDEN));
    assertThat(judgement.decision().outcome()).isEqualTo(DecisionOutcome.PASSED);
    assertThat(judgement.approvals()).isEmpty();
    assertThat(judgement.misusedOverrides()).isEmpty();
    var firm = policy(APPROVED + "  overridable: false\n");
    assertThat(firm.judge(switchoverOverriding("four-eyes"), neverPromoted()).misusedOverrides())
        .hasSize(1);
  }

  @Test
  void proposesNoModeThatNeedsApproval() {
    var rules =
        """
        - name: planned
          match: {modes: [SWITCHOVER]}
          allowedModes: [FAILOVER]
        - name: four-eyes
          match: {modes: [FAILOVER, DETACH]}
          approvals: {required: 1, from: [sre], expiresAfter: PT1H}
        """;
    var refusal = Requests.onlyRefusal(rules, switchoverOverriding(), neverPromoted());
    assertThat(refusal.remedy()).doesNotContain("would let");
    assertThat(new Approvals(1, List.of("sre"), Duration.ofHours(1)).demanded())
        .isEqualTo("One person of sre other than the requester must approve within PT1H.");
  }

  /** Every kind of rule can be set aside. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "allowedTargetRegions: [eu-west-1]",
        "allowedModes: [FAILOVER]",
        "maxReplicationLag: PT0.1S",
        "requireReference: '[A-Z]+'",
        "requireExpectedPrimary: true",
        "maxConcurrent: {fromSourceRegion: 1}",
        "deny: 'true'",
        "require: 'false'",
        "freezeWindows: [{from: 2026-01-01T00:00, to: 2027-01-01T00:00, zone: UTC}]",
        "coolDown: PT10M",
        "requireReadiness: READY",
        "approvals: {required: 1, from: [sre], expiresAfter: PT1H}"
      })
  void setsAsideEveryKindOfRule(String demand) {
    var request = switchoverOverriding("one");
    var facts =
        new PolicyFacts(
            Requests.NOW,
            java.util.Optional.of(Requests.NOW),
            java.util.Optional.empty(),
            Requests.UP_TO_DATE,
            new TargetReadiness.Unknown(Requests.OREGON, "nobody looked"),
            new OtherFailovers.NotCounted("nobody counted"));
    assertThat(policy("- name: one\n  " + demand).judge(request, facts))
        .satisfies(it -> assertThat(outcome(it, "one")).isEqualTo(RuleOutcome.OVERRIDDEN))
        .satisfies(it -> assertThat(it.misusedOverrides()).isEmpty());
  }

  private static Judgement judge(String... overrides) {
    return policy(RULES).judge(switchoverOverriding(overrides), neverPromoted());
  }

  private static RuleOutcome outcome(Judgement judgement, String rule) {
    return judgement.decision().rules().stream()
        .filter(it -> it.rule().equals(rule))
        .findFirst()
        .orElseThrow()
        .outcome();
  }
}
