package dev.baton.policy;

import static dev.baton.policy.Requests.at;
import static dev.baton.policy.Requests.failover;
import static dev.baton.policy.Requests.onlyRefusal;
import static dev.baton.policy.Requests.policy;
import static dev.baton.policy.Requests.switchover;
import static dev.baton.policy.Requests.switchoverOverriding;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeWindowsTests {
  private static final String FREEZES =
      """
      - name: freeze
        match: {modes: [SWITCHOVER]}
        freezeWindows:
          - {from: 2026-11-26T12:00, to: 2026-11-30T06:00, zone: America/New_York, reason: Black Friday}
          - {start: 2026-01-02T18:00, rrule: FREQ=WEEKLY;BYDAY=FR, duration: P2DT12H, zone: Europe/Berlin}
      """;

  @Test
  void letsPassOutsideOfThem() {
    var result = policy(FREEZES).evaluate(switchover(), noon("2026-11-24")).rules().getFirst();
    assertThat(result)
        .isEqualTo(
            new RuleResult(
                "freeze",
                "strict",
                7,
                RuleOutcome.PASSED,
                "It is 2026-11-24T12:00:00Z, and no freeze window is on.",
                "No freeze window may be on.",
                ""));
  }

  @Test
  void refusesInOneAndSaysWhyAndUntilWhen() {
    var refusal = onlyRefusal(FREEZES, switchover(), noon("2026-11-15"));
    assertThat(refusal.seen())
        .isEqualTo(
            "It is 2026-11-15T12:00:00Z, in a freeze window until 2026-11-16T05:00:00Z"
                + " (2026-11-16T06:00+01:00[Europe/Berlin]).");
    assertThat(refusal.remedy())
        .startsWith("Ask again at 2026-11-16T05:00:00Z or later: this rule passes then.")
        .contains("this policy would let mode FAILOVER pass now");
  }

  @Test
  void namesEveryWindowThatIsOnAndTheFirstTimeWithoutAny() {
    var refusal = onlyRefusal(FREEZES, switchover(), noon("2026-11-28"));
    assertThat(refusal.seen())
        .contains(
            "until 2026-11-30T11:00:00Z (2026-11-30T06:00-05:00[America/New_York]): Black Friday;",
            "until 2026-11-30T05:00:00Z (2026-11-30T06:00+01:00[Europe/Berlin]).");
    assertThat(refusal.remedy()).startsWith("Ask again at 2026-11-30T11:00:00Z or later");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-26T16:59:59.999999999Z, false",
    "2026-11-26T17:00:00Z, true",
    "2026-11-30T10:59:59.999999999Z, true",
    "2026-11-30T11:00:00Z, false"
  })
  void freezesFromTheBeginUpToTheEnd(Instant now, boolean refused) {
    assertThat(policy(FREEZES).evaluate(switchover(), at(now)).outcome() == DecisionOutcome.REFUSED)
        .isEqualTo(refused);
  }

  @Test
  void followsWindowsThatGoOverIntoOneAnother() {
    var rules =
        """
        - name: freeze
          freezeWindows:
            - {start: 2026-01-01T00:00, rrule: FREQ=DAILY;COUNT=400, duration: P1D, zone: UTC}
            - {from: 2027-02-04T12:00, to: 2027-02-06T00:00, zone: UTC}
        """;
    assertThat(onlyRefusal(rules, switchover(), noon("2026-11-22")).remedy())
        .startsWith("Ask again at 2027-02-06T00:00:00Z or later");
  }

  @Test
  void saysThatAFreezeWithoutEndHasNone() {
    var rules =
        """
        - name: freeze
          freezeWindows:
            - {start: 2026-01-01T00:00, rrule: FREQ=DAILY, duration: P1D, zone: UTC}
        """;
    assertThat(onlyRefusal(rules, switchover(), noon("2026-11-22")).remedy())
        .isEqualTo(
            "These windows never end: someone who may change the policy has to change them.");
  }

  @Test
  void canBeSetAside() {
    var decision = policy(FREEZES).evaluate(switchoverOverriding("freeze"), noon("2026-11-28"));
    assertThat(decision.outcome()).isEqualTo(DecisionOutcome.PASSED);
    assertThat(decision.rules().getFirst().outcome()).isEqualTo(RuleOutcome.OVERRIDDEN);
    assertThat(policy(FREEZES).evaluate(failover(), noon("2026-11-28")).rules()).isEmpty();
  }

  private static PolicyFacts noon(String day) {
    return at(Instant.parse(day + "T12:00:00Z"));
  }
}
