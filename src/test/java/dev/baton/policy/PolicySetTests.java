package dev.baton.policy;

import static dev.baton.policy.Requests.failover;
import static dev.baton.policy.Requests.neverPromoted;
import static dev.baton.policy.Requests.policy;
import static dev.baton.policy.Requests.promotedBefore;
import static dev.baton.policy.Requests.switchover;
import static dev.baton.policy.Requests.switchoverOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PolicySetTests {
  private static final String STRICT =
      """
      - name: regions
        allowedTargetRegions: [eu-west-1]
      - name: modes
        allowedModes: [SWITCHOVER, FAILOVER]
      - name: settle
        coolDown: PT10M
      - name: ticket
        requireReference: "OPS-[0-9]+"
      """;

  @Test
  void namesEveryRuleThatRefuses() {
    var decision = policy(STRICT).evaluate(switchover(), promotedBefore(Duration.ZERO));
    assertThat(decision.outcome()).isEqualTo(DecisionOutcome.REFUSED);
    assertThat(decision.refusals())
        .extracting(RuleResult::rule)
        .containsExactly("regions", "settle", "ticket");
    assertThat(decision.rules())
        .extracting(RuleResult::rule)
        .containsExactly("regions", "modes", "settle", "ticket");
    assertThat(decision.rules())
        .allSatisfy(rule -> assertThat(rule.policy() + rule.version()).isEqualTo("strict7"))
        .allSatisfy(rule -> assertThat(rule.seen()).endsWith("."))
        .allSatisfy(rule -> assertThat(rule.demanded()).endsWith("."))
        .allSatisfy(rule ->
            assertThat(rule.remedy().isEmpty()).isEqualTo(rule.outcome() == RuleOutcome.PASSED));
  }

  @Test
  void asksOnlyTheRulesThatMatchDatastoreAndMode() {
    var document =
        policy(
            """
            - name: everything
              allowedModes: [SWITCHOVER, FAILOVER]
            - name: production
              match: {globalReplicationGroupIds: ["LDGNF-*", sgaui-cart], modes: [SWITCHOVER]}
              allowedModes: [FAILOVER]
            - name: rescues
              match: {modes: [FAILOVER]}
              allowedModes: [FAILOVER]
            """);
    assertThat(asked(document, switchover())).containsExactly("everything", "production");
    assertThat(asked(document, switchoverOf("sgaui-cart")))
        .containsExactly("everything", "production");
    assertThat(asked(document, switchoverOf("sgaui-carts"))).containsExactly("everything");
    assertThat(asked(document, switchoverOf("LDGNF-sessions")))
        .containsExactly("everything", "production");
    assertThat(asked(document, failover())).containsExactly("everything", "rescues");
  }

  @Test
  void letsPassWhatNoRuleConcerns() {
    var decision = policy("[]").evaluate(switchover(), neverPromoted());
    assertThat(decision.outcome()).isEqualTo(DecisionOutcome.PASSED);
    assertThat(decision.rules()).isEmpty();
  }

  @Test
  void answersTheSameInWhateverOrderTheRulesStand() {
    var policies = policy(STRICT);
    var document = policies.documents().getFirst();
    var facts = promotedBefore(Duration.ofMinutes(3));
    var expected = policies.evaluate(switchover(), facts);
    var random = new Random(7);
    for (int round = 0; round < 50; round++) {
      var shuffled = new ArrayList<>(document.rules());
      Collections.shuffle(shuffled, random);
      var other = new PolicyDocument("strict", 7, Optional.empty(), Match.EVERYTHING, shuffled);
      var decision = new PolicySet(List.of(other)).evaluate(switchover(), facts);
      assertThat(decision.outcome()).isEqualTo(expected.outcome());
      assertThat(new HashSet<>(decision.rules())).isEqualTo(new HashSet<>(expected.rules()));
    }
  }

  @Test
  void decidesTheSameEachTimeItIsAsked() {
    var facts = promotedBefore(Duration.ofMinutes(3));
    assertThat(policy(STRICT).evaluate(switchover(), facts))
        .isEqualTo(policy(STRICT).evaluate(switchover(), facts));
  }

  @Test
  void cannotBeADecisionThatItsRulesContradict() {
    var refusals = policy(STRICT).evaluate(switchover(), neverPromoted()).rules();
    assertThatThrownBy(() -> new PolicyDecision(DecisionOutcome.PASSED, refusals))
        .hasMessage("the outcome must be REFUSED, as the rules say, but is PASSED");
  }

  @Test
  void survivesBeingWrittenAsJsonAndReadAgain() {
    var json = JsonMapper.builder().build();
    var decision = policy(STRICT).evaluate(switchover(), neverPromoted());
    var written = json.writeValueAsString(decision);
    assertThat(json.readTree(written).propertyNames())
        .containsExactlyInAnyOrder("outcome", "rules");
    assertThat(json.readValue(written, PolicyDecision.class)).isEqualTo(decision);
  }

  private static List<String> asked(Policy document, PolicyRequest request) {
    return document.evaluate(request, neverPromoted()).rules().stream()
        .map(RuleResult::rule)
        .toList();
  }
}
