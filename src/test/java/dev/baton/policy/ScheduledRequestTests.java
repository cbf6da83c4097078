package dev.baton.policy;

import static dev.baton.policy.Requests.NOW;
import static dev.baton.policy.Requests.OREGON;
import static dev.baton.policy.Requests.at;
import static dev.baton.policy.Requests.lagging;
import static dev.baton.policy.Requests.neverPromoted;
import static dev.baton.policy.Requests.policy;
import static dev.baton.policy.Requests.promotedBefore;
import static dev.baton.policy.Requests.switchover;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What policy says ahead of a request that is to start later. */
class ScheduledRequestTests {
  private static final Instant LATER = NOW.plus(Duration.ofHours(6));

  @Test
  void isJudgedByTheTimeWhenItIsToStart() {
    var frozenNow = policy(freeze(NOW.minusSeconds(60), NOW.plusSeconds(3600)));
    assertThat(frozenNow.evaluate(switchover(), neverPromoted()).outcome())
        .isEqualTo(DecisionOutcome.REFUSED);
    assertThat(frozenNow.evaluate(scheduled(LATER), neverPromoted()).outcome())
        .isEqualTo(DecisionOutcome.PASSED);
    var frozenThen = policy(freeze(LATER.minusSeconds(60), LATER.plusSeconds(60)));
    assertThat(frozenThen.evaluate(switchover(), neverPromoted()).outcome())
        .isEqualTo(DecisionOutcome.PASSED);
    assertThat(frozenThen.evaluate(scheduled(LATER), neverPromoted()).outcome())
        .isEqualTo(DecisionOutcome.REFUSED);
  }

  @Test
  void isJudgedByThePresentOnceItsTimeHasCome() {
    var frozenAfterwards = policy(freeze(LATER.plusSeconds(60), LATER.plusSeconds(120)));
    assertThat(frozenAfterwards.evaluate(scheduled(LATER), at(LATER.plusSeconds(59))).outcome())
        .isEqualTo(DecisionOutcome.PASSED);
    assertThat(frozenAfterwards.evaluate(scheduled(LATER), at(LATER.plusSeconds(60))).outcome())
        .isEqualTo(DecisionOutcome.REFUSED);
  }

  @Test
  void isOnlyWarnedOfWhatMayHavePassedByThen() {
    var lag = policy("- name: lag\n  maxReplicationLag: PT5S\n");
    var far = lagging(new TargetLag.Measured(OREGON, Duration.ofSeconds(9), NOW));
    var ahead = lag.evaluate(scheduled(LATER), far);
    assertThat(ahead.outcome()).isEqualTo(DecisionOutcome.PASSED);
    assertThat(ahead.rules())
        .singleElement()
        .satisfies(rule -> {
          assertThat(rule.outcome()).isEqualTo(RuleOutcome.WARNED);
          assertThat(rule.remedy())
              .isEqualTo("It is asked again at " + LATER + ", and then it counts.");
        });
    assertThat(lag.evaluate(scheduled(NOW), far).outcome()).isEqualTo(DecisionOutcome.REFUSED);
  }

  @Test
  void isRefusedForWhatWillStillBeSoThen() {
    var coolDown = policy("- name: calm\n  coolDown: PT8H\n");
    assertThat(coolDown.evaluate(scheduled(LATER), promotedBefore(Duration.ofHours(1))).outcome())
        .isEqualTo(DecisionOutcome.REFUSED);
    assertThat(coolDown.evaluate(scheduled(LATER), promotedBefore(Duration.ofHours(2))).outcome())
        .isEqualTo(DecisionOutcome.PASSED);
  }

  private static PolicyRequest scheduled(Instant at) {
    return switchover(Optional.of(at), Optional.empty());
  }

  private static String freeze(Instant from, Instant to) {
    return """
    - name: freeze
      freezeWindows: [{from: %s, to: %s, zone: UTC}]
    """
        .formatted(local(from), local(to));
  }

  private static String local(Instant at) {
    return at.toString().substring(0, 16);
  }
}
