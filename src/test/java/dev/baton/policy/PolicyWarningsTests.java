package dev.baton.policy;

import static dev.baton.policy.Requests.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.policy.PolicyWarning.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyWarningsTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "- name: one\n  allowedTargetRegions: [mx-central-1]",
        "- name: one\n  match: {modes: [SWITCHOVER]}\n  deny: 'true'",
        "- name: one\n  deny: 'true'\n  enforcement: WARN",
        "- name: one\n  match: {requesterGroups: [guests]}\n  deny: 'true'",
        "- name: one\n  deny: '!(\"sre\" in requester.groups)'\n  match: {requesterGroups: [sre]}",
        "- name: one\n  require: now.getDayOfWeek() == 3",
        "- name: one\n  requireReference: 'OPS-[0-9]+'",
        "- name: one\n  requireExpectedPrimary: true",
        "- name: one\n  maxReplicationLag: PT5S\n  allowUnknownLag: true",
        "- name: one\n  maxConcurrent: {inAccount: 1}",
        "- name: one\n  coolDown: P30D",
        "- name: one\n  approvals: {required: 10, from: [sre], expiresAfter: PT1H}",
        "- name: one\n  freezeWindows: [{from: 2026-01-01T00:00, to: 2026-12-01T00:00, zone: UTC}]\n"
            + "- name: two\n  freezeWindows: [{from: 2026-11-01T00:00, to: 2027-01-01T00:00, zone: UTC}]"
      })
  void hasNothingAgainstPoliciesThatLeaveAWay(String rules) {
    assertThat(warnings(rules)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- name: one\n  deny: 'true'",
        "- name: one\n  require: lag.seconds < 0",
        "- name: one\n  deny: now > timestamp('2020-01-01T00:00:00Z')",
        "- name: one\n  freezeWindows: [{start: 2026-01-01T00:00, rrule: FREQ=DAILY, duration: P1D, zone: UTC}]",
        "- name: one\n  allowedModes: [FAILOVER]\n- name: two\n  allowedModes: [DETACH]",
        "- name: one\n  allowedTargetRegions: [eu-west-1]\n- name: two\n  allowedTargetRegions: [eu-north-1]"
      })
  void warnsOfAPolicyThatWouldRefuseEverything(String rules) {
    assertThat(warnings(rules))
        .extracting(PolicyWarning::kind)
        .containsExactly(Kind.REFUSES_EVERYTHING, Kind.REFUSES_FAILOVER, Kind.REFUSES_DETACH);
  }

  @Test
  void namesTheRulesThatRefuseEverything() {
    assertThat(
            warnings(
                    "- name: one\n  allowedModes: [FAILOVER]\n- name: two\n  allowedModes: [DETACH]")
                .getFirst()
                .message())
        .isEqualTo(
            "Every request that it matches would be refused, by rules strict/one, strict/two.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxReplicationLag: PT5S",
        "requireReadiness: READY",
        "requireReadiness: ATTENTION\n  allowUnknownReadiness: true",
        "require: lag.known",
        "deny: lag.seconds > 5",
        "deny: target.readiness == 'BLOCKED'"
      })
  void warnsOfARuleThatShutsTheRescue(String demand) {
    assertThat(warnings("- name: one\n  match: {modes: [SWITCHOVER, FAILOVER]}\n  " + demand))
        .containsExactly(
            new PolicyWarning(
                Kind.REFUSES_FAILOVER,
                "Every FAILOVER would be refused while the primary's Region is dark, by"
                    + " rule strict/one: lag and readiness are unknown or bad then. Let those rules"
                    + " match SWITCHOVER only, or allow what is unknown."));
  }

  @Test
  void warnsWhereTheRescueOfSomeDatastoresIsShut() {
    var rules =
        """
        - name: caught-up
          match: {globalReplicationGroupIds: ["ldgnf-cart*"], accountIds: ["210987654321"]}
          maxReplicationLag: PT5S
        """;
    assertThat(warnings(rules))
        .extracting(PolicyWarning::message)
        .satisfiesExactly(
            it -> assertThat(it).startsWith("Every FAILOVER of ldgnf-cart* would be refused"),
            it -> assertThat(it).startsWith("Every DETACH of ldgnf-cart* would be refused"));
  }

  @Test
  void namesTheDatastoresWhoseRescueIsShutAmongOthers() {
    var rules =
        """
        - name: caught-up
          match: {modes: [FAILOVER]}
          maxReplicationLag: PT5S
        - name: known
          match: {globalReplicationGroupIds: ["ldgnf-cart*"]}
          allowedModes: [FAILOVER]
        """;
    assertThat(warnings(rules))
        .extracting(PolicyWarning::message)
        .satisfiesExactly(
            it -> assertThat(it).startsWith("Every FAILOVER would be refused"),
            it -> assertThat(it).startsWith("Every DETACH of ldgnf-cart* would be refused"));
  }

  @Test
  void takesWhatHoldsTogetherTogether() {
    var here = Requests.document("- name: one\n  allowedTargetRegions: [eu-west-1]", "a");
    var there = Requests.document("- name: one\n  allowedTargetRegions: [eu-north-1]", "b");
    assertThat(PolicyWarnings.of(List.of(here), NOW)).isEmpty();
    assertThat(PolicyWarnings.of(List.of(here, there), NOW)).hasSize(3);
  }

  @Test
  void tellsOfADraftWhatOthersHaveNotBroughtAboutAlready() {
    var here = Requests.document("- name: one\n  allowedTargetRegions: [eu-west-1]", "a");
    var there = Requests.document("- name: one\n  allowedTargetRegions: [eu-north-1]", "b");
    var shut = Requests.document("- name: one\n  allowedModes: [SWITCHOVER]", "c");
    var innocent =
        Requests.document(
            "- name: one\n  match: {globalReplicationGroupIds: [\"d*\"]}\n  coolDown: PT1M", "d");

    assertThat(PolicyWarnings.introduced(there, List.of(here), NOW)).hasSize(3);
    assertThat(PolicyWarnings.introduced(shut, List.of(here), NOW))
        .extracting(PolicyWarning::kind)
        .containsExactly(Kind.REFUSES_FAILOVER, Kind.REFUSES_DETACH);
    assertThat(PolicyWarnings.introduced(innocent, List.of(shut), NOW)).isEmpty();
  }

  private static List<PolicyWarning> warnings(String rules) {
    return PolicyWarnings.of(List.of(Requests.document(rules, "strict")), NOW);
  }
}
