package dev.baton.failover;

import static dev.baton.failover.Scenes.LANDS;
import static dev.baton.failover.Scenes.at;
import static dev.baton.failover.Scenes.decide;
import static dev.baton.failover.Scenes.failover;
import static dev.baton.failover.Scenes.healthyDatastore;
import static dev.baton.failover.Scenes.promotedDatastore;
import static dev.baton.failover.Scenes.sendToTarget;
import static dev.baton.failover.Scenes.shown;
import static dev.baton.failover.process.FailoverStatus.OUTCOME_UNKNOWN;
import static dev.baton.failover.process.FailoverStatus.PROMOTING;
import static dev.baton.failover.process.FailoverStatus.STALLED;
import static dev.baton.failover.process.FailoverStatus.SWITCHING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision.Become;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Until a call that nobody answered has certainly landed, nothing ends and nobody sends. */
class UnansweredCallTests {

  @Test
  void waitsUntilTheCallHasLandedWhateverAwsShows() {
    var failover = failover(SWITCHING).unanswered(0).build();
    var wait = new LookAgain(at(LANDS), "the call may still be on its way");

    assertThat(decide(failover, shown(healthyDatastore(), 16), 16.999999)).isEqualTo(wait);
    assertThat(decide(failover, shown(promotedDatastore(), 16), 16.999999)).isEqualTo(wait);
  }

  @Test
  void isUnknownAsSoonAsTheCallHasLanded() {
    var failover = failover(SWITCHING).unanswered(0).build();

    assertThat(decide(failover, shown(healthyDatastore(), 16), LANDS))
        .isEqualTo(new Become(OUTCOME_UNKNOWN, "the call's answer was never recorded"));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailoverStatus.class,
      names = {"OUTCOME_UNKNOWN", "PROMOTING", "STALLED"})
  void doesNotSucceedOnWhatWasReadBeforeTheCallHasLanded(FailoverStatus status) {
    var failover = failover(status).promotingSince(3).unknown(0, 2).build();

    assertThat(decide(failover, shown(promotedDatastore(), 5), 5))
        .isEqualTo(new LookAgain(at(LANDS), "the call may still be on its way"));
    assertThat(decide(failover, shown(promotedDatastore(), 16.999999), LANDS))
        .isEqualTo(new LookAgain(at(LANDS + 1), "the call may still be on its way"));
    assertThat(decide(failover, shown(promotedDatastore(), LANDS), LANDS))
        .isInstanceOf(Finish.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailoverStatus.class,
      names = {"OUTCOME_UNKNOWN", "PROMOTING", "STALLED"})
  void neitherFailsNorSendsBeforeTheCallHasLanded(FailoverStatus status) {
    var failover = failover(status).promotingSince(3).unknown(0, 2).build();

    for (double now = 2.5; now < LANDS; now += 0.5) {
      assertThat(decide(failover, shown(healthyDatastore(), now, -10_000), now))
          .isInstanceOf(LookAgain.class);
    }
  }

  @Test
  void doesNotWaitForTheLandingOfACallThatAwsAccepted() {
    assertThat(
            decide(
                failover(PROMOTING).promotingSince(1).accepted(0, 1).build(),
                shown(promotedDatastore(), 3),
                3))
        .isInstanceOf(Finish.class);
  }

  @Test
  void anEarlierCallOfUnknownOutcomeIsWaitedForToo() {
    var failover = failover(STALLED).promotingSince(2).unknown(0, 1).accepted(1, 2).build();

    assertThat(decide(failover, shown(promotedDatastore(), 5), 5)).isInstanceOf(LookAgain.class);
  }

  @Test
  void settlingBeginsWhenTheCallHasLanded() {
    var failover = failover(OUTCOME_UNKNOWN).unknown(0, 2).build();

    assertThat(decide(failover, shown(healthyDatastore(), LANDS + 19.999, -100), LANDS + 19.999))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(failover, shown(healthyDatastore(), LANDS + 20, -100), LANDS + 20))
        .isEqualTo(sendToTarget());
  }
}
