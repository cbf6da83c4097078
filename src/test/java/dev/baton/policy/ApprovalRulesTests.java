package dev.baton.policy;

import static dev.baton.policy.Requests.neverPromoted;
import static dev.baton.policy.Requests.policy;
import static dev.baton.policy.Requests.switchover;
import static dev.baton.policy.Requests.switchoverBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.baton.core.Actor;
import dev.baton.core.Groups;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who counts as somebody else that has approved. */
class ApprovalRulesTests {
  private static final String TWO_LEADS =
      """
      - name: two-leads
        approvals: {required: 2, from: [leads, dba], expiresAfter: PT1H}
      """;
  private static final String ONE_DBA =
      """
      - name: one-dba
        approvals: {required: 1, from: [dba], expiresAfter: PT2H}
      """;

  @Test
  void countsDistinctPeopleOfTheGroups() {
    assertThat(outcome(by("bob", "leads"))).isEqualTo(RuleOutcome.NEEDS_APPROVAL);
    assertThat(outcome(by("bob", "leads"), by("erin", "dba"))).isEqualTo(RuleOutcome.PASSED);
    assertThat(outcome(by("bob", "leads"), by("bob", "dba"))).isEqualTo(RuleOutcome.NEEDS_APPROVAL);
    assertThat(outcome(by("bob", "leads"), by("erin", "others")))
        .isEqualTo(RuleOutcome.NEEDS_APPROVAL);
  }

  @Test
  void neverCountsTheRequesterWhateverTokenTheyUse() {
    var byToken =
        switchoverBy(
            new Requester(
                new Actor("deploy-token", Actor.Kind.SERVICE),
                new Groups.Known(Set.of("leads")),
                "alice"));
    var judgement =
        policy(TWO_LEADS)
            .judge(
                byToken.approvedBy(List.of(by("alice", "leads"), by("bob", "leads"))),
                neverPromoted());
    assertThat(judgement.decision().outcome()).isEqualTo(DecisionOutcome.NEEDS_APPROVAL);
    assertThat(judgement.approvals()).extracting(ApprovalDemand::given).containsExactly(1);
  }

  @Test
  void saysWhoHasApproved() {
    var rule =
        policy(TWO_LEADS)
            .evaluate(approved(by("erin", "dba"), by("bob", "leads")), neverPromoted())
            .rules()
            .getFirst();
    assertThat(rule.seen()).isEqualTo("It was approved by bob, erin.");
    assertThat(rule.remedy()).isEmpty();
  }

  @Test
  void meetsTheDemandsOfAllRules() {
    var both = policy(TWO_LEADS + ONE_DBA);
    assertThat(both.awaits(approved(by("bob", "leads"), by("erin", "leads"))))
        .extracting(ApprovalDemand::rule, ApprovalDemand::given)
        .containsExactly(tuple("one-dba", 0));
    assertThat(both.awaits(approved(by("bob", "dba"))))
        .extracting(ApprovalDemand::rule, ApprovalDemand::given)
        .containsExactly(tuple("two-leads", 1));
    assertThat(both.awaits(approved(by("bob", "leads"), by("erin", "dba")))).isEmpty();
  }

  @Test
  void awaitsWhatAJudgementDemands() {
    var both = policy(TWO_LEADS + ONE_DBA);
    for (var request : List.of(switchover(), approved(by("bob", "dba")))) {
      assertThat(both.awaits(request)).isEqualTo(both.judge(request, neverPromoted()).approvals());
    }
  }

  @Test
  void coversADemandOnlyByOneThatAsksNoLessOfNoMore() {
    var two = demand(2, "leads", "dba");
    assertThat(demand(1, "leads", "dba").isCoveredBy(two)).isTrue();
    assertThat(demand(2, "leads", "dba", "sre").isCoveredBy(two)).isTrue();
    assertThat(two.isCoveredBy(two)).isTrue();
    assertThat(demand(3, "leads", "dba").isCoveredBy(two)).isFalse();
    assertThat(demand(2, "leads").isCoveredBy(two)).isFalse();
    var otherRule =
        new ApprovalDemand(
            "other", "strict", 7, 2, 0, List.of("leads", "dba"), Duration.ofHours(1));
    assertThat(otherRule.isCoveredBy(two)).isFalse();
    var otherPolicy =
        new ApprovalDemand(
            "two-leads", "other", 7, 2, 0, List.of("leads", "dba"), Duration.ofHours(1));
    assertThat(otherPolicy.isCoveredBy(two)).isFalse();
  }

  @Test
  void isForThoseInOneOfItsGroups() {
    assertThat(demand(1, "leads", "dba").isFor(Set.of("dba", "others"))).isTrue();
    assertThat(demand(1, "leads", "dba").isFor(Set.of("others"))).isFalse();
  }

  private static ApprovalDemand demand(int required, String... from) {
    return new ApprovalDemand(
        "two-leads", "strict", 7, required, 0, List.of(from), Duration.ofHours(1));
  }

  private static RuleOutcome outcome(Approver... approvers) {
    return policy(TWO_LEADS)
        .evaluate(approved(approvers), neverPromoted())
        .rules()
        .getFirst()
        .outcome();
  }

  private static PolicyRequest approved(Approver... approvers) {
    return switchover().approvedBy(Arrays.asList(approvers));
  }

  private static Approver by(String person, String... groups) {
    return new Approver(person, Set.of(groups));
  }
}
