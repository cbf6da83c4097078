package dev.baton.policy;

import static dev.baton.policy.Requests.NOW;
import static dev.baton.policy.Requests.OREGON;
import static dev.baton.policy.Requests.VIRGINIA;
import static dev.baton.policy.Requests.beside;
import static dev.baton.policy.Requests.failover;
import static dev.baton.policy.Requests.judged;
import static dev.baton.policy.Requests.moved;
import static dev.baton.policy.Requests.neverPromoted;
import static dev.baton.policy.Requests.onlyRefusal;
import static dev.baton.policy.Requests.policy;
import static dev.baton.policy.Requests.switchover;
import static dev.baton.policy.Requests.switchoverExpecting;
import static dev.baton.policy.Requests.switchoverFrom;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementRulesTests {
  private static final Region FRANKFURT = new Region("eu-central-1");
  private static final String EXPECTED = "- name: expected\n  requireExpectedPrimary: true\n";
  private static final String READY = "- name: ready\n  requireReadiness: READY\n";
  private static final String ATTENTION =
      "- name: ready\n  requireReadiness: ATTENTION\n  allowUnknownReadiness: true\n";
  private static final String CONCURRENT =
      """
      - name: few
        maxConcurrent: {inAccount: 3, fromSourceRegion: 2, toTargetRegion: 1}
      """;
  private static final String SETTLE = "- name: settle\n  coolDown: PT10M\n";
  private static final TargetReadiness UNKNOWN =
      new TargetReadiness.Unknown(OREGON, "us-east-1 did not answer");

  @Test
  void letsARequestPassThatSaysWhereItExpectsThePrimary() {
    var decision = policy(EXPECTED).evaluate(switchoverExpecting(VIRGINIA), neverPromoted());
    assertThat(decision.outcome() == DecisionOutcome.REFUSED).isFalse();
    assertThat(decision.rules().getFirst().seen())
        .isEqualTo("The request expects the primary in us-east-1.");
  }

  @Test
  void refusesARequestThatDoesNotSayWhereItExpectsThePrimary() {
    var refusal = onlyRefusal(EXPECTED, switchover(), neverPromoted());
    assertThat(refusal.seen()).isEqualTo("The request doesn't say where it expects the primary.");
    assertThat(refusal.demanded()).isEqualTo("The request must name expectedPrimaryRegion.");
    assertThat(refusal.remedy())
        .isEqualTo(
            "Send the request again with expectedPrimaryRegion, the Region that is to hand over."
                + " Baton sees the primary in us-east-1: check that this is what you expect.");
    assertThat(onlyRefusal(EXPECTED, switchoverFrom(Optional.empty()), neverPromoted()).remedy())
        .endsWith("hand over.");
  }

  @ParameterizedTest
  @CsvSource({"READY, false, false", "ATTENTION, true, false", "BLOCKED, true, true"})
  void boundsTheReadinessOfTheTarget(
      ReadinessLevel level, boolean refusedByReady, boolean refusedByAttention) {
    var facts = judged(new TargetReadiness.Judged(OREGON, level, List.of()));
    assertThat(policy(READY).evaluate(switchover(), facts).outcome() == DecisionOutcome.REFUSED)
        .isEqualTo(refusedByReady);
    assertThat(policy(ATTENTION).evaluate(switchover(), facts).outcome() == DecisionOutcome.REFUSED)
        .isEqualTo(refusedByAttention);
  }

  @Test
  void saysWhatStandsAgainstTheTarget() {
    var blocked =
        new TargetReadiness.Judged(
            OREGON,
            ReadinessLevel.BLOCKED,
            List.of("the lag is PT9S", "one member is associating"));
    var refusal =
        onlyRefusal(READY + "  match: {modes: [SWITCHOVER]}\n", switchover(), judged(blocked));
    assertThat(refusal.seen())
        .isEqualTo(
            "The readiness of us-west-2 is BLOCKED: the lag is PT9S; one member is associating.");
    assertThat(refusal.demanded())
        .isEqualTo("The target's readiness must be READY, and must be known.");
    assertThat(refusal.remedy())
        .startsWith("Mend what stands against it, then ask again.")
        .contains("would let mode FAILOVER pass now");
    assertThat(policy(READY).evaluate(switchover(), neverPromoted()).rules().getFirst().seen())
        .isEqualTo("The readiness of us-west-2 is READY.");
  }

  @Test
  void doesNotTakeAnUnknownReadinessForAGoodOne() {
    var refusal = onlyRefusal(READY, switchover(), judged(UNKNOWN));
    assertThat(refusal.seen())
        .isEqualTo("The readiness of us-west-2 is unknown: us-east-1 did not answer.");
    assertThat(refusal.remedy())
        .isEqualTo(
            "Ask again when Baton has seen the datastore in both Regions. If this should pass"
                + " without it, someone who may change the policy has to set"
                + " allowUnknownReadiness: true in this rule.");
    var allowed = policy(ATTENTION).evaluate(switchover(), judged(UNKNOWN));
    assertThat(allowed.outcome() == DecisionOutcome.REFUSED).isFalse();
    assertThat(allowed.rules().getFirst().demanded())
        .isEqualTo("The target's readiness must be ATTENTION or better where it is known.");
    assertThat(
            policy(READY).evaluate(switchover().with(FRANKFURT), neverPromoted()).outcome()
                == DecisionOutcome.REFUSED)
        .as("another target's readiness")
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 0, false", "3, 0, 0, true", "2, 2, 0, true", "0, 0, 1, true"})
  void boundsWhatIsUnderWay(int inAccount, int fromSource, int toTarget, boolean refused) {
    var others =
        new OtherFailovers.Counted(
            inAccount, Map.of(VIRGINIA, fromSource), Map.of(OREGON, toTarget));
    assertThat(
            policy(CONCURRENT).evaluate(switchover(), beside(others)).outcome()
                == DecisionOutcome.REFUSED)
        .isEqualTo(refused);
  }

  @Test
  void saysWhatElseIsUnderWay() {
    var others =
        new OtherFailovers.Counted(4, Map.of(VIRGINIA, 3, FRANKFURT, 1), Map.of(FRANKFURT, 4));
    var refusal = onlyRefusal(CONCURRENT, switchover(), beside(others));
    assertThat(refusal.seen())
        .isEqualTo(
            "Other failovers under way: 4 in account 123456789012, 3 from us-east-1, 0 to us-west-2.");
    assertThat(refusal.demanded())
        .isEqualTo(
            "With this one, there may be at most 3 in the account, 2 from the source Region, 1 to the"
                + " target Region under way at once.");
    assertThat(refusal.remedy()).isEqualTo("Ask again when one of the others has ended.");
  }

  @Test
  void looksAtThoseNumbersOnlyThatItBounds() {
    var crowd = new OtherFailovers.Counted(99, Map.of(VIRGINIA, 99), Map.of(OREGON, 1));
    for (var bound : List.of("inAccount: 100", "fromSourceRegion: 100", "toTargetRegion: 2")) {
      var rules = "- name: few\n  maxConcurrent: {%s}\n".formatted(bound);
      assertThat(
              policy(rules).evaluate(switchover(), beside(crowd)).outcome()
                  == DecisionOutcome.REFUSED)
          .as(bound)
          .isFalse();
    }
  }

  @Test
  void doesNotTakeAnUnknownNumberForASmallOne() {
    var uncounted = beside(new OtherFailovers.NotCounted("the count failed"));
    assertThat(onlyRefusal(CONCURRENT, switchover(), uncounted).seen())
        .isEqualTo("How many others are under way is unknown: the count failed.");
    assertThat(onlyRefusal(CONCURRENT, switchoverFrom(Optional.empty()), neverPromoted()).seen())
        .contains("an unknown number from an unknown Region");
  }

  @ParameterizedTest
  @CsvSource({
    ", 2026-11-22T02:55:00.000000001Z, true",
    ", 2026-11-22T02:55:00Z, false",
    "2026-11-22T02:00:00Z, 2026-11-22T03:00:00Z, true",
    "2026-11-22T03:00:00Z, 2026-11-22T02:00:00Z, true",
    "2026-11-22T02:00:00Z, 2026-11-22T02:00:00Z, false"
  })
  void coolsDownWhoeverMovedThePrimary(Instant byBaton, Instant byPeople, boolean refused) {
    var facts = moved(Optional.ofNullable(byBaton), Optional.of(byPeople));
    assertThat(policy(SETTLE).evaluate(switchover(), facts).outcome() == DecisionOutcome.REFUSED)
        .isEqualTo(refused);
  }

  @Test
  void saysWhoMovedThePrimaryLast() {
    var earlier = Optional.of(NOW.minus(Duration.ofMinutes(2)));
    var later = Optional.of(NOW.minus(Duration.ofMinutes(1)));
    var byPeople = onlyRefusal(SETTLE, switchover(), moved(earlier, later));
    assertThat(byPeople.seen())
        .isEqualTo(
            "The primary of ldgnf-sessions was moved without Baton, which was seen at"
                + " 2026-11-22T03:04:00Z; it is now 2026-11-22T03:05:00Z.");
    assertThat(byPeople.remedy()).startsWith("Ask again at 2026-11-22T03:14:00Z or later");
    assertThat(onlyRefusal(SETTLE, switchover(), moved(later, earlier)).seen())
        .startsWith("The last promotion of ldgnf-sessions ended at 2026-11-22T03:04:00Z;");
    assertThat(onlyRefusal(SETTLE, switchover(), moved(later, later)).seen())
        .startsWith("The last promotion of ldgnf-sessions");
  }

  @Test
  void looksAtTheFactsThatItNeeds() {
    assertThat(policy(READY + CONCURRENT).looksAt(failover()))
        .containsExactlyInAnyOrder(Fact.READINESS, Fact.OTHER_FAILOVERS);
    assertThat(policy(SETTLE + EXPECTED).looksAt(failover())).isEmpty();
  }
}
