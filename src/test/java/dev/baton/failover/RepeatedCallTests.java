package dev.baton.failover;

import static dev.baton.failover.Scenes.EXPIRY;
import static dev.baton.failover.Scenes.at;
import static dev.baton.failover.Scenes.decide;
import static dev.baton.failover.Scenes.failover;
import static dev.baton.failover.Scenes.healthyDatastore;
import static dev.baton.failover.Scenes.observeTarget;
import static dev.baton.failover.Scenes.sendToTarget;
import static dev.baton.failover.Scenes.shown;
import static dev.baton.failover.process.FailoverStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often and how fast the process repeats what was certainly not executed. */
class RepeatedCallTests {

  @Test
  void sendsAgainAtOnceAfterACallThatWasNotExecuted() {
    var failover = failover(PENDING).notExecuted(1, 2).build();

    assertThat(decide(failover, shown(healthyDatastore(), 2.1), 2.1)).isEqualTo(sendToTarget());
  }

  @Test
  void readsAwsAgainBeforeItSendsAgain() {
    var failover = failover(PENDING).notExecuted(1, 2).build();

    assertThat(decide(failover, shown(healthyDatastore(), 2), 2.1)).isEqualTo(observeTarget());
  }

  @ParameterizedTest(name = "after {0} calls the pause is {1} s")
  @CsvSource({"3, 4", "6, 8", "9, 16", "12, 32", "15, 32", "30, 32"})
  void pausesAfterThreeInARowAndLongerEachTime(int calls, int pause) {
    var builder = failover(PENDING);
    for (int call = 1; call <= calls; call++) {
      builder.notExecuted(call, call + 0.5);
    }
    var failover = builder.build();
    var resume = calls + 0.5 + pause;

    assertThat(decide(failover, shown(healthyDatastore(), resume - 0.001), resume - 0.001))
        .isEqualTo(new LookAgain(at(resume), "the last call was not executed"));
    assertThat(decide(failover, shown(healthyDatastore(), resume), resume))
        .isEqualTo(sendToTarget());
  }

  @ParameterizedTest(name = "after {0} calls")
  @CsvSource({"1", "2", "4", "5", "7"})
  void doesNotPauseInBetween(int calls) {
    var builder = failover(PENDING);
    for (int call = 1; call <= calls; call++) {
      builder.notExecuted(call, call + 0.5);
    }

    assertThat(decide(builder.build(), shown(healthyDatastore(), calls + 0.6), calls + 0.6))
        .isEqualTo(sendToTarget());
  }

  @Test
  void pausesAfterARefusalThatMayPass() {
    var failover = failover(PENDING).refusedForNow(1, 2).build();

    assertThat(decide(failover, shown(healthyDatastore(), 3), 3))
        .isEqualTo(new LookAgain(at(4), "the last call was not executed"));
    assertThat(decide(failover, shown(healthyDatastore(), 4), 4)).isEqualTo(sendToTarget());
  }

  @Test
  void givesUpAfterTheMostRefusalsAndNotBefore() {
    var seven = failover(PENDING);
    var eight = failover(PENDING);
    for (int call = 1; call <= 7; call++) {
      seven.refusedForNow(call * 10, call * 10 + 1);
      eight.refusedForNow(call * 10, call * 10 + 1);
    }
    eight.refusedForNow(120, 121);

    assertThat(decide(seven.build(), shown(healthyDatastore(), 200), 200))
        .isEqualTo(sendToTarget());
    assertThat(decide(eight.build(), shown(healthyDatastore(), 200), 200))
        .isEqualTo(new Finish(FailoverStatus.FAILED, FailoverEffect.NONE, "AWS refused 8 calls"));
  }

  @Test
  void callsThatNeverReachedAwsDoNotUseUpAttempts() {
    var builder = failover(PENDING);
    for (int call = 1; call <= 20; call++) {
      builder.notExecuted(call, call + 0.5);
    }

    assertThat(decide(builder.build(), shown(healthyDatastore(), 100), 100))
        .isEqualTo(sendToTarget());
  }

  @Test
  void looksAgainAtStartBeforeWhenThePauseReachesBeyondIt() {
    var failover = failover(PENDING).refusedForNow(EXPIRY - 3, EXPIRY - 1).build();

    assertThat(decide(failover, shown(healthyDatastore(), EXPIRY - 0.5), EXPIRY - 0.5))
        .isEqualTo(new LookAgain(at(EXPIRY), "the last call was not executed"));
  }
}
