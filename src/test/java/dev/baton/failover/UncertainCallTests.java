package dev.baton.failover;

import static dev.baton.core.FailoverMode.SWITCHOVER;
import static dev.baton.failover.Scenes.EXPIRY;
import static dev.baton.failover.Scenes.IRELAND;
import static dev.baton.failover.Scenes.LANDS;
import static dev.baton.failover.Scenes.OREGON;
import static dev.baton.failover.Scenes.VIRGINIA;
import static dev.baton.failover.Scenes.at;
import static dev.baton.failover.Scenes.datastore;
import static dev.baton.failover.Scenes.decide;
import static dev.baton.failover.Scenes.failover;
import static dev.baton.failover.Scenes.healthyDatastore;
import static dev.baton.failover.Scenes.member;
import static dev.baton.failover.Scenes.observeTarget;
import static dev.baton.failover.Scenes.primaryIn;
import static dev.baton.failover.Scenes.promotedDatastore;
import static dev.baton.failover.Scenes.secondaryIn;
import static dev.baton.failover.Scenes.sendToTarget;
import static dev.baton.failover.Scenes.shown;
import static dev.baton.failover.Scenes.unseen;
import static dev.baton.failover.process.FailoverStatus.OUTCOME_UNKNOWN;
import static dev.baton.failover.process.FailoverStatus.PROMOTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.failover.process.Facts;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverSnapshot;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.failover.process.ProcessDecision.Become;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import org.junit.jupiter.api.Test;

/** A call that may have reached AWS: only what AWS shows afterwards decides. */
class UncertainCallTests {
  /** From then on a call made at noon, unanswered, may be repeated. */
  private static final int RESEND = LANDS + 20;

  /** From then on it counts as failed, if it can't be repeated. */
  private static final int FAILED = LANDS + 120;

  private static final FailoverSnapshot UNKNOWN = failover(OUTCOME_UNKNOWN).unknown(0, 2).build();

  @Test
  void waitsUntilAwsHasBeenRead() {
    assertThat(decide(UNKNOWN, unseen(), 10))
        .isEqualTo(new LookAgain(at(11), "AWS has not been read since the call"));
    assertThat(decide(UNKNOWN, unseen(), 22)).isEqualTo(observeTarget());
  }

  @Test
  void failsWithoutAClaimWhenTheGlobalDatastoreIsGone() {
    assertThat(decide(UNKNOWN, new Facts.Gone(at(FAILED - 0.001)), FAILED))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(UNKNOWN, new Facts.Gone(at(FAILED)), FAILED))
        .isEqualTo(
            new Finish(
                FailoverStatus.FAILED,
                FailoverEffect.UNKNOWN,
                "eu-west-1 no longer shows the Global datastore"));
  }

  @Test
  void ignoresADescribeThatBeganBeforeTheCallEnded() {
    var wait = new LookAgain(at(11), "AWS has not been read since the call");

    assertThat(decide(UNKNOWN, shown(promotedDatastore(), 2), 10)).isEqualTo(wait);
    assertThat(decide(UNKNOWN, shown(healthyDatastore(), 1), 10)).isEqualTo(wait);
  }

  @Test
  void succeedsWhenAwsShowsTheTargetAsTheOnlyPrimary() {
    assertThat(decide(UNKNOWN, shown(promotedDatastore(), 20), 20))
        .isEqualTo(
            new Finish(
                FailoverStatus.SUCCEEDED,
                FailoverEffect.PROMOTED,
                "AWS shows the target as the only primary, available, with every member"
                    + " associated"));
  }

  @Test
  void isPromotingWhenAwsShowsThatItIsSwitching() {
    var modifying = datastore("modifying", primaryIn(VIRGINIA), secondaryIn(IRELAND));
    var flipped = datastore("a new word", secondaryIn(VIRGINIA), primaryIn(IRELAND));
    var becomes = new Become(PROMOTING, "AWS shows that it is switching");

    assertThat(decide(UNKNOWN, shown(modifying, 3), 3)).isEqualTo(becomes);
    assertThat(decide(UNKNOWN, shown(flipped, 3), 3)).isEqualTo(becomes);
  }

  @Test
  void concludesNothingFromTwoPrimariesOrNone() {
    var two = datastore("available", primaryIn(VIRGINIA), primaryIn(IRELAND));
    var none = datastore("available", secondaryIn(VIRGINIA), secondaryIn(IRELAND));
    var wait = new LookAgain(at(1001), "AWS contradicts itself");

    assertThat(decide(UNKNOWN, shown(two, 1000, 3), 1000)).isEqualTo(wait);
    assertThat(decide(UNKNOWN, shown(none, 1000, 3), 1000)).isEqualTo(wait);
  }

  @Test
  void concludesNothingFromAStatusThatNobodyKnows() {
    var odd = datastore("a word AWS invents", primaryIn(VIRGINIA), secondaryIn(IRELAND));

    assertThat(decide(UNKNOWN, shown(odd, 1000, 3), 1000))
        .isEqualTo(new LookAgain(at(1001), "AWS contradicts itself"));
  }

  @Test
  void repeatsTheCallOnlyAfterTheOldRolesHaveSettled() {
    assertThat(decide(UNKNOWN, shown(healthyDatastore(), RESEND - 0.001, 0), RESEND - 0.001))
        .isEqualTo(new LookAgain(at(RESEND + 0.999), "AWS shows the old roles"));
    assertThat(decide(UNKNOWN, shown(healthyDatastore(), RESEND, 0), RESEND))
        .isEqualTo(sendToTarget());
  }

  @Test
  void settlingStartsAnewWhenAwsShowsSomethingElseInBetween() {
    assertThat(decide(UNKNOWN, shown(healthyDatastore(), 69.999, 50), 69.999))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(UNKNOWN, shown(healthyDatastore(), 70, 50), 70)).isEqualTo(sendToTarget());
  }

  @Test
  void readsAwsOnceMoreBeforeItRepeatsTheCallOnOldFacts() {
    assertThat(decide(UNKNOWN, shown(healthyDatastore(), RESEND, 0), RESEND + 2))
        .isEqualTo(sendToTarget());
    assertThat(decide(UNKNOWN, shown(healthyDatastore(), RESEND, 0), RESEND + 2.001))
        .isEqualTo(observeTarget());
  }

  @Test
  void failsInsteadOfRepeatingAfterStartBefore() {
    assertThat(decide(UNKNOWN, shown(healthyDatastore(), EXPIRY, 0), EXPIRY))
        .satisfies(this::fails);
  }

  @Test
  void failsInsteadOfRepeatingWhenTheAttemptsAreUsedUp() {
    var builder = failover(OUTCOME_UNKNOWN);
    for (int call = 0; call < 8; call++) {
      builder.unknown(call * 40, call * 40 + 2);
    }
    var landed = 7 * 40 + LANDS;

    assertThat(decide(builder.build(), shown(healthyDatastore(), landed + 119.9), landed + 119.9))
        .isInstanceOf(LookAgain.class);
    assertThat(
            decide(builder.build(), shown(healthyDatastore(), landed + 120, landed), landed + 120))
        .satisfies(this::fails);
  }

  @Test
  void neverRepeatsWhatAwsRefusedForGood() {
    var refused = failover(OUTCOME_UNKNOWN).unknown(0, 2).refusedForGood(40, 41).build();

    waitsThenFails(refused, 40);
  }

  @Test
  void repeatsWhatAwsRefusedForNow() {
    var refused = failover(OUTCOME_UNKNOWN).unknown(0, 2).refusedForNow(40, 41).build();

    assertThat(decide(refused, shown(healthyDatastore(), 77, 42), 77)).isEqualTo(sendToTarget());
  }

  @Test
  void neverRepeatsWhatPolicyRefusesByNow() {
    waitsThenFails(failover(OUTCOME_UNKNOWN).unknown(0, 2).refusedByPolicy().build(), 0);
  }

  @Test
  void neverRepeatsWhenThePrimaryIsNotWhereTheRequesterExpectedIt() {
    waitsThenFails(failover(OUTCOME_UNKNOWN).unknown(0, 2).expectingPrimaryIn(OREGON).build(), 0);
  }

  @Test
  void doesNotRepeatASwitchoverWhileAMemberIsNotAssociated() {
    var joining =
        datastore(
            "available",
            primaryIn(VIRGINIA),
            secondaryIn(IRELAND),
            member(OREGON, "SECONDARY", "associating"));
    var switchover = failover(OUTCOME_UNKNOWN).mode(SWITCHOVER).unknown(0, 2).build();

    assertThat(decide(switchover, shown(joining, RESEND, 0), RESEND)).isInstanceOf(LookAgain.class);
    assertThat(decide(switchover, shown(healthyDatastore(), RESEND, 0), RESEND))
        .isEqualTo(sendToTarget());
    assertThat(decide(UNKNOWN, shown(joining, RESEND, 0), RESEND)).isEqualTo(sendToTarget());
  }

  @Test
  void doesNotFailOnWhatWasReadLongAgo() {
    var refused = failover(OUTCOME_UNKNOWN).unknown(0, 2).refusedByPolicy().build();

    assertThat(decide(refused, shown(healthyDatastore(), FAILED, 0), FAILED + 3600))
        .isEqualTo(observeTarget());
  }

  private void waitsThenFails(FailoverSnapshot failover, int lastCall) {
    var from = FAILED + lastCall;
    assertThat(decide(failover, shown(healthyDatastore(), from - 0.001, 0), from - 0.001))
        .isEqualTo(new LookAgain(at(from + 0.999), "AWS shows the old roles"));
    assertThat(decide(failover, shown(healthyDatastore(), from, 0), from)).satisfies(this::fails);
  }

  private void fails(ProcessDecision decision) {
    assertThat(decision).isInstanceOf(Finish.class);
    assertThat(((Finish) decision).status()).isEqualTo(FailoverStatus.FAILED);
    assertThat(((Finish) decision).effect()).isEqualTo(FailoverEffect.NONE);
  }
}
