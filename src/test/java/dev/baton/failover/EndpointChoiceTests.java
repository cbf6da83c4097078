package dev.baton.failover;

import static dev.baton.core.FailoverMode.FAILOVER;
import static dev.baton.core.FailoverMode.SWITCHOVER;
import static dev.baton.failover.Scenes.ACCOUNT;
import static dev.baton.failover.Scenes.IRELAND;
import static dev.baton.failover.Scenes.OREGON;
import static dev.baton.failover.Scenes.VIRGINIA;
import static dev.baton.failover.Scenes.answeredAt;
import static dev.baton.failover.Scenes.at;
import static dev.baton.failover.Scenes.datastore;
import static dev.baton.failover.Scenes.decide;
import static dev.baton.failover.Scenes.failover;
import static dev.baton.failover.Scenes.healthyDatastore;
import static dev.baton.failover.Scenes.pending;
import static dev.baton.failover.Scenes.primaryIn;
import static dev.baton.failover.Scenes.promotedDatastore;
import static dev.baton.failover.Scenes.secondaryIn;
import static dev.baton.failover.Scenes.shown;
import static dev.baton.failover.process.FailoverStatus.OUTCOME_UNKNOWN;
import static dev.baton.failover.process.FailoverStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.failover.process.Facts;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.OtherRegions;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import dev.baton.failover.process.ProcessDecision.Observe;
import dev.baton.failover.process.ProcessDecision.Send;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Observation;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through which Region's endpoint the process calls, and which ones must have answered first. */
class EndpointChoiceTests {
  private static final OtherRegions NONE =
      new OtherRegions(Set.of(VIRGINIA, OREGON, IRELAND), Map.of(), Set.of());

  @Test
  void triesTheTargetFirstThenTheOtherMembersInOrderThenTheTargetAgain() {
    assertThat(next(failover(PENDING))).isEqualTo(new Send(IRELAND));
    assertThat(next(failover(PENDING).unreached(IRELAND, 1, 2))).isEqualTo(new Send(VIRGINIA));
    assertThat(next(failover(PENDING).unreached(IRELAND, 1, 2).unreached(VIRGINIA, 3, 4)))
        .isEqualTo(new Send(OREGON));
    assertThat(
            next(
                failover(PENDING)
                    .unreached(IRELAND, 1, 2)
                    .unreached(VIRGINIA, 3, 4)
                    .unreached(OREGON, 5, 6)))
        .isEqualTo(new Send(IRELAND));
  }

  @Test
  void staysWithTheTargetAfterAnythingButAConnectError() {
    assertThat(next(failover(PENDING).notExecuted(1, 2))).isEqualTo(new Send(IRELAND));
    assertThat(next(failover(PENDING).refusedForNow(1, 2))).isEqualTo(new Send(IRELAND));
    assertThat(next(failover(PENDING).unreached(IRELAND, 1, 2).refusedForNow(3, 4)))
        .isEqualTo(new Send(IRELAND));
  }

  @Test
  void callsNoRegionThatIsNotServed() {
    var failover = failover(PENDING).unreached(IRELAND, 1, 2).build();
    var oregon = new OtherRegions(Set.of(IRELAND, OREGON), Map.of(), Set.of());

    assertThat(decide(failover, shown(healthyDatastore(), 10), oregon, 10))
        .isEqualTo(new Send(OREGON));
    assertThat(
            decide(
                failover,
                shown(healthyDatastore(), 10),
                new OtherRegions(Set.of(IRELAND), Map.of(), Set.of()),
                10))
        .isEqualTo(new Send(IRELAND));
  }

  @Test
  void triesAnotherEndpointAlsoWhenItCallsAgainAfterAnUnknownOutcome() {
    var failover = failover(OUTCOME_UNKNOWN).unknown(0, 1).unreached(IRELAND, 60, 61).build();

    assertThat(decide(failover, shown(healthyDatastore(), 200, 100), 200))
        .isEqualTo(new Send(VIRGINIA));
  }

  @Test
  void asksThePrimarysRegionBeforeASwitchover() {
    var seen = shown(healthyDatastore(), 10);

    assertThat(decide(pending(SWITCHOVER), seen, NONE, 10)).isEqualTo(new Observe(VIRGINIA));
    assertThat(decide(pending(SWITCHOVER), seen, answeredAt(8), 10)).isEqualTo(new Send(IRELAND));
    assertThat(decide(pending(SWITCHOVER), seen, answeredAt(7.9), 10))
        .isEqualTo(new Observe(VIRGINIA));
  }

  @Test
  void letsASwitchoverWaitWhileThePrimarysRegionKeepsSilent() {
    var silent = NONE.withSilence(VIRGINIA);

    assertThat(decide(pending(SWITCHOVER), shown(healthyDatastore(), 10), silent, 10))
        .isInstanceOfSatisfying(
            LookAgain.class,
            wait -> {
              assertThat(wait.at()).isEqualTo(at(12));
              assertThat(wait.why()).contains("us-east-1", "FAILOVER", "acceptDataLoss");
            });
  }

  @Test
  void asksNothingOfThePrimarysRegionForARescue() {
    assertThat(decide(pending(FAILOVER), shown(healthyDatastore(), 10), NONE, 10))
        .isEqualTo(new Send(IRELAND));
  }

  @Test
  void makesNoSecondCallForASwitchoverWhosePrimarysRegionKeepsSilent() {
    var failover = failover(OUTCOME_UNKNOWN).mode(SWITCHOVER).unknown(0, 1).build();
    var seen = shown(healthyDatastore(), 60, 5);

    assertThat(decide(failover, seen, NONE, 60)).isEqualTo(new Observe(VIRGINIA));
    assertThat(decide(failover, seen, NONE.withSilence(VIRGINIA), 60))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(failover, shown(healthyDatastore(), 300, 5), NONE.withSilence(VIRGINIA), 300))
        .isInstanceOf(Finish.class);
  }

  @Test
  void sendsARescueOnTheWordOfAnotherRegion() {
    assertThat(decide(pending(FAILOVER), elsewhere(healthyDatastore(), 10), 10))
        .isEqualTo(new Send(IRELAND));
    assertThat(
            decide(
                failover(PENDING).unreached(IRELAND, 1, 2).build(),
                elsewhere(healthyDatastore(), 10),
                10))
        .isEqualTo(new Send(VIRGINIA));
  }

  @Test
  void sendsNoSwitchoverOnTheWordOfAnotherRegion() {
    assertThat(decide(pending(SWITCHOVER), elsewhere(healthyDatastore(), 10), 10))
        .isInstanceOf(LookAgain.class);
  }

  @Test
  void endsNothingOnTheWordOfAnotherRegion() {
    var without = datastore("available", primaryIn(VIRGINIA), secondaryIn(OREGON));
    var expecting = failover(PENDING).expectingPrimaryIn(OREGON).build();

    assertThat(decide(pending(FAILOVER), elsewhere(promotedDatastore(), 10), 10))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(pending(FAILOVER), elsewhere(without, 10), 10)).isInstanceOf(LookAgain.class);
    assertThat(decide(expecting, elsewhere(healthyDatastore(), 10), 10))
        .isInstanceOf(LookAgain.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {60, 1000, 100_000})
  void endsNothingAfterTheCallEither(double now) {
    for (var seen : Set.of(promotedDatastore(), healthyDatastore())) {
      assertThat(
              decide(
                  failover(OUTCOME_UNKNOWN).unknown(0, 1).build(), elsewhere(seen, now), NONE, now))
          .isNotInstanceOf(Finish.class)
          .isNotInstanceOf(Send.class);
      assertThat(
              decide(
                  failover(FailoverStatus.STALLED).accepted(0, 1).promotingSince(1).build(),
                  elsewhere(seen, now),
                  NONE,
                  now))
          .isNotInstanceOf(Finish.class);
    }
  }

  @Test
  void looksAgainBeforeItActsOnAnOldWord() {
    assertThat(decide(pending(FAILOVER), elsewhere(healthyDatastore(), 5), 10))
        .isEqualTo(new Observe(IRELAND));
  }

  private static ProcessDecision next(SnapshotBuilder failover) {
    // late enough for any pause after a round
    return decide(failover.build(), shown(healthyDatastore(), 100), 100);
  }

  private static Facts elsewhere(GlobalDatastore shown, double beganAt) {
    return new Facts.ShownElsewhere(
        new Observation(ACCOUNT, OREGON, shown, at(beganAt), at(beganAt)));
  }
}
