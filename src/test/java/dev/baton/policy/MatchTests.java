package dev.baton.policy;

import static dev.baton.policy.Requests.neverPromoted;
import static dev.baton.policy.Requests.switchover;
import static dev.baton.policy.Requests.switchoverBy;
import static dev.baton.policy.Requests.switchoverFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Groups;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "globalReplicationGroupIds: [ldgnf-*] | true",
        "globalReplicationGroupIds: [sgaui-*] | false",
        "accountIds: ['123456789012'] | true",
        "accountIds: ['210987654321'] | false",
        "regions: [us-east-1] | true",
        "regions: [us-west-*] | true",
        "regions: [eu-*] | false",
        "modes: [SWITCHOVER] | true",
        "modes: [FAILOVER] | false",
        "requesterGroups: [dba, sre] | true",
        "requesterGroups: [dba] | false",
        "accountIds: [\"123456789012\"], regions: [us-east-1], requesterGroups: [sre] | true",
        "accountIds: [\"123456789012\"], regions: [us-east-1], requesterGroups: [dba] | false"
      })
  void concernsWhatAllOfItsFieldsMatch(String match, boolean concerns) {
    assertThat(isAsked(match, switchover())).isEqualTo(concerns);
  }

  @Test
  void concernsWhoMayBeInTheGroup() {
    var match = "requesterGroups: [dba]";
    assertThat(isAsked(match, switchoverBy(new Groups.Unknown("nobody knows")))).isTrue();
    assertThat(isAsked(match, switchoverBy(new Groups.Known(Set.of())))).isFalse();
  }

  @Test
  void concernsWhatMayLeaveTheRegion() {
    assertThat(isAsked("regions: [eu-west-1]", switchoverFrom(Optional.empty()))).isTrue();
    assertThat(isAsked("regions: [eu-west-1]", switchover())).isFalse();
  }

  @Test
  void concernsWhatBothTheDocumentAndTheRuleMatch() {
    var text =
        """
        apiVersion: baton/v1
        kind: Policy
        metadata: {name: production, comment: Planned moves only}
        match: {globalReplicationGroupIds: ["*-sessions"]}
        rules:
          - name: planned
            match: {modes: [SWITCHOVER]}
            allowedModes: [FAILOVER]
        """;
    var document = PolicyDocumentReader.read(text, "a test");
    assertThat(document.comment()).contains("Planned moves only");
    assertThat(document.version()).isEqualTo(1);
    assertThat(document.withVersion(3).version()).isEqualTo(3);
    assertThat(document.concerning(switchover())).hasSize(1);
    assertThat(document.concerning(Requests.switchoverOf("ldgnf-cart"))).isEmpty();
    assertThat(document.concerning(Requests.failover())).isEmpty();
  }

  @Test
  void asksTheRulesOfEveryPolicyThatMatches() {
    var policies =
        new PolicySet(
            List.of(
                Requests.document("- name: one\n  allowedModes: [FAILOVER]", "b"),
                Requests.document("- name: one\n  allowedModes: [SWITCHOVER]", "a"),
                Requests.document("- name: two\n  requireExpectedPrimary: true", "c")));
    assertThat(policies.evaluate(switchover(), neverPromoted()).rules())
        .extracting(it -> it.policy() + " " + it.outcome())
        .containsExactly("a PASSED", "b REFUSED", "c REFUSED");
  }

  @Test
  void refusesTwoPoliciesOfOneName() {
    var one = Requests.document("[]", "a");
    assertThatThrownBy(() -> new PolicySet(List.of(one, one)))
        .hasMessage("two policies have the same name: [a, a]");
  }

  private static boolean isAsked(String match, PolicyRequest request) {
    var rules = "- name: one\n  match: {%s}\n  allowedModes: [SWITCHOVER]\n".formatted(match);
    return !Requests.policy(rules).evaluate(request, neverPromoted()).rules().isEmpty();
  }
}
