package dev.baton.failover;

import static dev.baton.core.FailoverMode.FAILOVER;
import static dev.baton.core.FailoverMode.SWITCHOVER;
import static dev.baton.failover.Scenes.EXPIRY;
import static dev.baton.failover.Scenes.IRELAND;
import static dev.baton.failover.Scenes.OREGON;
import static dev.baton.failover.Scenes.VIRGINIA;
import static dev.baton.failover.Scenes.at;
import static dev.baton.failover.Scenes.datastore;
import static dev.baton.failover.Scenes.decide;
import static dev.baton.failover.Scenes.failover;
import static dev.baton.failover.Scenes.healthyDatastore;
import static dev.baton.failover.Scenes.member;
import static dev.baton.failover.Scenes.observeTarget;
import static dev.baton.failover.Scenes.pending;
import static dev.baton.failover.Scenes.primaryIn;
import static dev.baton.failover.Scenes.promotedDatastore;
import static dev.baton.failover.Scenes.secondaryIn;
import static dev.baton.failover.Scenes.sendToTarget;
import static dev.baton.failover.Scenes.shown;
import static dev.baton.failover.Scenes.unseen;
import static dev.baton.failover.process.FailoverStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.FailoverMode;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.process.Facts;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.Finished;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import dev.baton.globaldatastore.Member;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the process decides while a failover is pending, but for its earlier attempts. */
class BeforeTheCallTests {

  @ParameterizedTest
  @EnumSource(FailoverMode.class)
  void sendsWhenTheTargetIsASecondaryOfAHealthyDatastore(FailoverMode mode) {
    assertThat(decide(pending(mode), shown(healthyDatastore(), 1), 1)).isEqualTo(sendToTarget());
  }

  @Test
  void asksAwsWhenNothingIsKnown() {
    assertThat(decide(pending(FAILOVER), unseen(), 1)).isEqualTo(observeTarget());
  }

  @Test
  void actsOnWhatIsAsOldAsAllowedButNotOlder() {
    var seen = shown(healthyDatastore(), 1);

    assertThat(decide(pending(FAILOVER), seen, 3)).isEqualTo(sendToTarget());
    assertThat(decide(pending(FAILOVER), seen, 3.000001)).isEqualTo(observeTarget());
  }

  @Test
  void failsWhenTheTargetRegionShowsNoSuchDatastore() {
    assertThat(decide(pending(FAILOVER), new Facts.Gone(at(1)), 1))
        .isEqualTo(
            new Finish(
                FailoverStatus.FAILED,
                FailoverEffect.NONE,
                "eu-west-1 no longer shows the Global datastore"));
  }

  @Test
  void asksAgainBeforeItBelievesAnOldAnswerThatTheDatastoreIsGone() {
    assertThat(decide(pending(FAILOVER), new Facts.Gone(at(1)), 4)).isEqualTo(observeTarget());
  }

  @Test
  void expiresAtStartBeforeAndNotEarlier() {
    assertThat(decide(pending(FAILOVER), shown(healthyDatastore(), EXPIRY - 1), EXPIRY - 0.000001))
        .isEqualTo(sendToTarget());
    assertThat(decide(pending(FAILOVER), shown(healthyDatastore(), EXPIRY), EXPIRY))
        .isEqualTo(
            new Finish(
                FailoverStatus.EXPIRED,
                FailoverEffect.NONE,
                "it was not sent before 2026-01-31T12:15:00Z"));
  }

  @Test
  void makesNoCallWhenTheTargetIsPrimaryAlready() {
    assertThat(decide(pending(FAILOVER), shown(promotedDatastore(), 1), 1))
        .asInstanceOf(InstanceOfAssertFactories.type(Finish.class))
        .extracting(Finish::status, Finish::effect)
        .containsExactly(FailoverStatus.SUCCEEDED, FailoverEffect.ALREADY_PRIMARY);
  }

  @Test
  void waitsWhileSomebodyElsesPromotionOfTheTargetIsUnderWay() {
    var switching =
        datastore("modifying", secondaryIn(VIRGINIA), primaryIn(IRELAND), secondaryIn(OREGON));

    assertThat(decide(pending(FAILOVER), shown(switching, 1), 1))
        .isEqualTo(new LookAgain(at(2), "the target is becoming primary without Baton's call"));
  }

  @Test
  void failsWhenTheTargetHasLeftTheDatastore() {
    var without = datastore("available", primaryIn(VIRGINIA), secondaryIn(OREGON));

    assertThat(decide(pending(FAILOVER), shown(without, 1), 1))
        .isEqualTo(
            new Finish(
                FailoverStatus.FAILED,
                FailoverEffect.NONE,
                "sessions-euw1 in eu-west-1 is not a member of the Global datastore any more"));
  }

  @Test
  void failsWhenAnotherGroupStandsInTheTargetRegion() {
    var other = datastore("available", primaryIn(VIRGINIA), secondaryIn(OREGON), elsewhereGroup());

    assertThat(decide(pending(FAILOVER), shown(other, 1), 1)).isInstanceOf(Finish.class);
  }

  private static Member elsewhereGroup() {
    return new Member(
        new ReplicationGroupId("another"), IRELAND, "SECONDARY", "enabled", "associated");
  }

  @Test
  void waitsWhileTwoPrimariesAreShownAndTheTargetIsOne() {
    var two = datastore("modifying", primaryIn(VIRGINIA), primaryIn(IRELAND), secondaryIn(OREGON));

    assertThat(decide(pending(FAILOVER), shown(two, 1), 1))
        .isEqualTo(new LookAgain(at(2), "the target's role is 'PRIMARY'"));
  }

  @Test
  void waitsWhileTheTargetsRoleIsAWordNobodyKnows() {
    var odd = datastore("available", primaryIn(VIRGINIA), member(IRELAND, "", "associated"));

    assertThat(decide(pending(FAILOVER), shown(odd, 1), 1))
        .isEqualTo(new LookAgain(at(2), "the target's role is ''"));
  }

  @Test
  void failsWhenThePrimaryIsNotWhereTheRequesterExpectedIt() {
    var expecting = failover(PENDING).expectingPrimaryIn(OREGON).build();

    assertThat(decide(expecting, shown(healthyDatastore(), 1), 1))
        .isEqualTo(
            new Finish(
                FailoverStatus.FAILED,
                FailoverEffect.NONE,
                "the primary was expected in us-west-2 but is in us-east-1"));
  }

  @Test
  void sendsWhenThePrimaryIsWhereTheRequesterExpectedIt() {
    var expecting = failover(PENDING).expectingPrimaryIn(VIRGINIA).build();

    assertThat(decide(expecting, shown(healthyDatastore(), 1), 1)).isEqualTo(sendToTarget());
  }

  @ParameterizedTest
  @ValueSource(strings = {"modifying", "primary-only", "a word AWS invents tomorrow", ""})
  void sendsAFailoverWhateverTheStatusIs(String status) {
    var dark = datastore(status, primaryIn(VIRGINIA), secondaryIn(IRELAND));

    assertThat(decide(pending(FAILOVER), shown(dark, 1), 1)).isEqualTo(sendToTarget());
  }

  @ParameterizedTest
  @ValueSource(strings = {"modifying", "primary-only", "a word AWS invents tomorrow", ""})
  void letsASwitchoverWaitUntilTheDatastoreIsAvailable(String status) {
    var busy = datastore(status, primaryIn(VIRGINIA), secondaryIn(IRELAND));

    assertThat(decide(pending(SWITCHOVER), shown(busy, 1), 1))
        .isEqualTo(
            new LookAgain(at(2), "a switchover waits until the Global datastore is available"));
  }

  @Test
  void letsASwitchoverWaitUntilEveryMemberIsAssociated() {
    var joining =
        datastore(
            "available",
            primaryIn(VIRGINIA),
            secondaryIn(IRELAND),
            member(OREGON, "SECONDARY", "associating"));

    assertThat(decide(pending(SWITCHOVER), shown(joining, 1), 1)).isInstanceOf(LookAgain.class);
    assertThat(decide(pending(FAILOVER), shown(joining, 1), 1)).isEqualTo(sendToTarget());
  }

  @Test
  void sendsAFailoverWhenNoPrimaryIsShown() {
    var headless = datastore("available", secondaryIn(VIRGINIA), secondaryIn(IRELAND));

    assertThat(decide(pending(FAILOVER), shown(headless, 1), 1)).isEqualTo(sendToTarget());
    assertThat(decide(pending(SWITCHOVER), shown(headless, 1), 1)).isInstanceOf(LookAgain.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailoverStatus.class,
      names = {"SUCCEEDED", "FAILED", "DENIED", "CANCELLED", "EXPIRED"})
  void doesNothingOnceItIsOver(FailoverStatus end) {
    assertThat(decide(failover(end).build(), shown(healthyDatastore(), 1), 1))
        .isEqualTo(new Finished());
  }
}
