package dev.baton.failover;

import static dev.baton.failover.Scenes.IN_IRELAND;
import static dev.baton.failover.Scenes.IRELAND;
import static dev.baton.failover.Scenes.SESSIONS;
import static dev.baton.failover.Scenes.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.baton.core.FailoverMode;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.RuleOutcome;
import dev.baton.policy.RuleResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The verbs of the aggregate. */
class FailoverTests {
  private static final PolicyDecision ALLOWED =
      new PolicyDecision(DecisionOutcome.PASSED, List.of());
  private static final PolicyDecision REFUSED =
      new PolicyDecision(
          DecisionOutcome.REFUSED,
          List.of(
              new RuleResult(
                  "cool-down", "standard", 1, RuleOutcome.REFUSED, "seen", "demanded", "wait")));
  private static final CallOutcome ACCEPTED = new CallOutcome.Accepted(IRELAND, "request-1");
  private static final CallOutcome UNKNOWN = new CallOutcome.Unknown("ReadTimeout", "no answer");
  private static final CallOutcome NOT_EXECUTED =
      new CallOutcome.NotExecuted(CallOutcome.Reason.THROTTLED, "Throttling", "slow down");

  static Failover requested() {
    return requested(ALLOWED);
  }

  private static Failover requested(PolicyDecision decision) {
    return Scenes.requested(SESSIONS, FailoverMode.FAILOVER, decision, at(0));
  }

  static Failover switching() {
    var failover = requested();
    intend(failover, 1);
    return failover;
  }

  private static Attempt intend(Failover failover, double seconds) {
    return failover.intend(
        IRELAND, ALLOWED, Duration.ofSeconds(5), Duration.ofSeconds(12), at(seconds));
  }

  private static CallOutcome refused(boolean passing) {
    return new CallOutcome.Refused(
        IRELAND, "InvalidGlobalReplicationGroupState", "busy", 400, Optional.of("r"), passing);
  }

  @Test
  void beginsPendingWhenPolicyAllowsIt() {
    assertThat(requested().status()).isEqualTo(FailoverStatus.PENDING);
    assertThat(requested().effect()).isEqualTo(FailoverEffect.UNKNOWN);
    assertThat(requested().finishedAt()).isEmpty();
    assertThat(requested().targetReplicationGroupId()).isEqualTo(IN_IRELAND);
  }

  @Test
  void beginsAndEndsDeniedWhenPolicyRefusesIt() {
    var denied = requested(REFUSED);

    assertThat(denied.status()).isEqualTo(FailoverStatus.DENIED);
    assertThat(denied.effect()).isEqualTo(FailoverEffect.NONE);
    assertThat(denied.finishedAt()).contains(at(0));
  }

  @Test
  void anIntentSetsTheTimesThatFenceTheAttempt() {
    var attempt = intend(requested(), 1);

    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.sendBefore()).isEqualTo(at(6));
    assertThat(attempt.landsBefore()).isEqualTo(at(18));
  }

  @Test
  void nothingIsSentAfterStartBefore() {
    var attempt = intend(requested(), 898);

    assertThat(attempt.sendBefore()).isEqualTo(at(900));
    assertThat(attempt.landsBefore()).isEqualTo(at(912));
  }

  @Test
  void refusesASecondIntentWhileACallIsBeingMade() {
    var failover = switching();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> intend(failover, 2))
        .withMessageContaining("is SWITCHING: it can't become SWITCHING");
    assertThat(failover.attempts()).hasSize(1);
  }

  @Test
  void awaitsTheAnswerOfTheLastAttemptOnlyWhileItIsBeingMade() {
    var failover = switching();
    assertThat(failover.awaitsAnswerOf(1)).isTrue();
    assertThat(failover.awaitsAnswerOf(2)).isFalse();

    failover.lostTrackOfCall("gone", at(18));

    assertThat(failover.awaitsAnswerOf(1)).isFalse();
  }

  @Test
  void isPromotingWhenAwsAcceptsTheCall() {
    var failover = answered(ACCEPTED);

    assertThat(failover.status()).isEqualTo(FailoverStatus.PROMOTING);
    assertThat(failover.snapshot().promotionStartedAt()).contains(at(2));
    assertThat(failover.attempts().getLast().awsRequestId()).contains("request-1");
  }

  @Test
  void isUnknownWhenTheAnswerIsLost() {
    assertThat(answered(UNKNOWN).status()).isEqualTo(FailoverStatus.OUTCOME_UNKNOWN);
  }

  @Test
  void isPendingAgainWhenTheCallWasNotExecutedOrRefusedForNow() {
    assertThat(answered(NOT_EXECUTED).status()).isEqualTo(FailoverStatus.PENDING);
    assertThat(answered(refused(true)).status()).isEqualTo(FailoverStatus.PENDING);
  }

  @Test
  void failsWhenAwsRefusesForGood() {
    var failover = answered(refused(false));

    assertThat(failover.status()).isEqualTo(FailoverStatus.FAILED);
    assertThat(failover.effect()).isEqualTo(FailoverEffect.NONE);
    assertThat(failover.finishedAt()).contains(at(2));
  }

  @Test
  void staysUnknownWhateverBecomesOfTheNextCallShortOfAcceptance() {
    for (var answer : List.of(NOT_EXECUTED, refused(true), refused(false), UNKNOWN)) {
      var failover = answered(UNKNOWN);
      intend(failover, 60);
      failover.answered(answer, at(61));

      assertThat(failover.status()).isEqualTo(FailoverStatus.OUTCOME_UNKNOWN);
    }
  }

  @Test
  void aCallWithoutRecordedAnswerEndsWhenItHasLanded() {
    var failover = switching();

    failover.lostTrackOfCall("gone", at(30));

    assertThat(failover.snapshot().lastAttempt().orElseThrow().endedAt()).isEqualTo(at(18));
  }

  @Test
  void isDeniedWhenPolicyRefusesRightBeforeTheFirstCall() {
    var failover = requested();

    failover.deny(REFUSED, at(1));

    assertThat(failover.status()).isEqualTo(FailoverStatus.DENIED);
    assertThat(failover.decision()).isEqualTo(REFUSED);
  }

  @Test
  void isNotDeniedWhileACallMayHaveHadItsEffect() {
    var failover = answered(UNKNOWN);

    failover.deny(REFUSED, at(60));

    assertThat(failover.status()).isEqualTo(FailoverStatus.OUTCOME_UNKNOWN);
    assertThat(failover.snapshot().refusedByPolicy()).isTrue();
    assertThat(failover.cause()).isEqualTo("policy refuses another call");
  }

  @Test
  void refusesToStallBeforeAwsIsSwitching() {
    var failover = requested();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> failover.stall("too long", at(1)))
        .withMessageContaining("is PENDING: it can't become STALLED");
  }

  @Test
  void refusesEveryVerbOnceItIsOver() {
    var failover = answered(refused(false));

    for (Runnable verb :
        List.<Runnable>of(
            () -> intend(failover, 3),
            () -> failover.promotionStarted("", at(3)),
            () -> failover.stall("", at(3)),
            () -> failover.waits("", at(3)),
            () -> failover.observed(Scenes.evidence(Scenes.healthyDatastore(), 3), at(3)),
            () -> failover.deny(REFUSED, at(3)),
            () -> end(failover, FailoverStatus.SUCCEEDED))) {
      assertThatExceptionOfType(IllegalStateException.class).isThrownBy(verb::run);
    }
    assertThat(failover.status()).isEqualTo(FailoverStatus.FAILED);
    assertThat(failover.updatedAt()).isEqualTo(at(2));
  }

  @Test
  void doesNotFinishInAStateThatIsNoEnd() {
    var failover = switching();

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> end(failover, FailoverStatus.PROMOTING))
        .withMessage("PROMOTING is no end");
    assertThat(failover.finishedAt()).isEmpty();
  }

  private static Failover answered(CallOutcome answer) {
    var failover = switching();
    failover.answered(answer, at(2));
    return failover;
  }

  private static void end(Failover failover, FailoverStatus end) {
    failover.finish(end, FailoverEffect.NONE, "because", Optional.empty(), at(3));
  }
}
