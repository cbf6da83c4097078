package dev.baton.failover;

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
import static dev.baton.failover.Scenes.shown;
import static dev.baton.failover.Scenes.unseen;
import static dev.baton.failover.process.FailoverStatus.PROMOTING;
import static dev.baton.failover.process.FailoverStatus.STALLED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.process.Facts;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverSnapshot;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision.Become;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** AWS accepted the call: done means that the roles say so, and nothing less. */
class PromotionTests {
  private static final FailoverSnapshot ACCEPTED = promoting(PROMOTING);
  private static final int FAILED = LANDS + 120;

  private static FailoverSnapshot promoting(FailoverStatus status) {
    return failover(status).promotingSince(1).accepted(0, 1).build();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailoverStatus.class,
      names = {"PROMOTING", "STALLED"})
  void succeedsWhenTheTargetIsTheOnlyPrimaryAndAllIsSettled(FailoverStatus status) {
    assertThat(decide(promoting(status), shown(promotedDatastore(), 3), 3))
        .isEqualTo(
            new Finish(
                FailoverStatus.SUCCEEDED,
                FailoverEffect.PROMOTED,
                "AWS shows the target as the only primary, available, with every member"
                    + " associated"));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailoverStatus.class,
      names = {"PROMOTING", "STALLED"})
  void succeedsAlsoWhereEveryOtherMemberHasLeftMeanwhile(FailoverStatus status) {
    var alone = datastore("primary-only", primaryIn(IRELAND));
    assertThat(decide(promoting(status), shown(alone, 3), 3))
        .isInstanceOfSatisfying(
            Finish.class, end -> assertThat(end.status()).isEqualTo(FailoverStatus.SUCCEEDED));
  }

  @Test
  void failsWithoutAClaimWhereTheTargetHasLeftAndNoSecondaryIsLeft() {
    var alone = datastore("primary-only", primaryIn(VIRGINIA));
    assertThat(decide(ACCEPTED, shown(alone, FAILED, 3), FAILED))
        .isInstanceOfSatisfying(
            Finish.class, end -> assertThat(end.status()).isEqualTo(FailoverStatus.FAILED));
  }

  static Stream<GlobalDatastore> almostDone() {
    return Stream.of(
        // secondaries where there should be none
        datastore("primary-only", secondaryIn(VIRGINIA), primaryIn(IRELAND)),
        // status alone proves nothing
        healthyDatastore(),
        // roles alone prove nothing
        datastore("modifying", secondaryIn(VIRGINIA), primaryIn(IRELAND), secondaryIn(OREGON)),
        datastore("a new word", secondaryIn(VIRGINIA), primaryIn(IRELAND), secondaryIn(OREGON)),
        // two primaries, none, another one
        datastore("available", primaryIn(VIRGINIA), primaryIn(IRELAND), secondaryIn(OREGON)),
        datastore("available", secondaryIn(VIRGINIA), secondaryIn(IRELAND), secondaryIn(OREGON)),
        datastore("available", secondaryIn(VIRGINIA), secondaryIn(IRELAND), primaryIn(OREGON)),
        // a member that is not associated
        datastore("available", member(VIRGINIA, "SECONDARY", "disassociating"), primaryIn(IRELAND)),
        datastore("available", secondaryIn(VIRGINIA), member(IRELAND, "PRIMARY", "")));
  }

  @Test
  void failsWithoutAClaimWhenTheTargetHasLeft() {
    var without = datastore("available", primaryIn(VIRGINIA), anotherPrimaryInIreland());

    assertThat(decide(ACCEPTED, shown(without, FAILED - 0.001, 0), FAILED - 0.001))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(ACCEPTED, shown(without, FAILED, 2), FAILED))
        .isEqualTo(
            new Finish(
                FailoverStatus.FAILED,
                FailoverEffect.UNKNOWN,
                "the target has not been a member of the Global datastore since " + at(2)));
    assertThat(decide(ACCEPTED, shown(without, 3), FAILED)).isEqualTo(observeTarget());
  }

  @Test
  void failsWithoutAClaimWhenTheGlobalDatastoreIsGone() {
    assertThat(decide(ACCEPTED, new Facts.Gone(at(FAILED - 0.001)), FAILED))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(promoting(STALLED), new Facts.Gone(at(FAILED)), FAILED))
        .isEqualTo(
            new Finish(
                FailoverStatus.FAILED,
                FailoverEffect.UNKNOWN,
                "eu-west-1 no longer shows the Global datastore"));
  }

  @Test
  void looksForItselfWhenNoObserverHasLookedForLong() {
    assertThat(decide(ACCEPTED, unseen(), 20.9)).isInstanceOf(LookAgain.class);
    assertThat(decide(ACCEPTED, unseen(), 21)).isEqualTo(observeTarget());
    assertThat(decide(ACCEPTED, shown(healthyDatastore(), 30), 49.9)).isInstanceOf(LookAgain.class);
    assertThat(decide(ACCEPTED, shown(healthyDatastore(), 30), 50)).isEqualTo(observeTarget());
  }

  private static Member anotherPrimaryInIreland() {
    return new Member(
        new ReplicationGroupId("another"), IRELAND, "PRIMARY", "enabled", "associated");
  }

  @ParameterizedTest
  @MethodSource("almostDone")
  void goesOnWatchingWhileAnythingIsMissing(GlobalDatastore shown) {
    assertThat(decide(ACCEPTED, shown(shown, 3), 3))
        .isEqualTo(new LookAgain(at(13), "AWS is switching"));
    assertThat(decide(promoting(STALLED), shown(shown, 3), 3)).isInstanceOf(LookAgain.class);
  }

  @Test
  void comparesRolesAndStatusIgnoringCase() {
    var shouting =
        datastore(
            "AVAILABLE",
            member(VIRGINIA, "Secondary", "Associated"),
            member(IRELAND, "primary", "ASSOCIATED"));

    assertThat(decide(ACCEPTED, shown(shouting, 3), 3)).isInstanceOf(Finish.class);
  }

  @Test
  void ignoresADescribeThatBeganBeforeTheCallEnded() {
    assertThat(decide(ACCEPTED, shown(promotedDatastore(), 1), 3))
        .isEqualTo(new LookAgain(at(4), "AWS is switching"));
    assertThat(decide(ACCEPTED, shown(promotedDatastore(), 1.000001), 3))
        .isInstanceOf(Finish.class);
  }

  @Test
  void looksAgainSoonWhileAwsHasNotBeenReadSinceTheCall() {
    assertThat(decide(ACCEPTED, unseen(), 3)).isEqualTo(new LookAgain(at(4), "AWS is switching"));
    assertThat(decide(ACCEPTED, new Facts.Gone(at(3)), 3)).isInstanceOf(LookAgain.class);
  }

  @Test
  void isStalledAtTheDeadlineAndNotBefore() {
    var deadline = 1 + 600;

    assertThat(decide(ACCEPTED, shown(modifying(), deadline - 1), deadline - 0.000001))
        .isEqualTo(new LookAgain(at(deadline), "AWS is switching"));
    assertThat(decide(ACCEPTED, unseen(), deadline))
        .isEqualTo(new Become(STALLED, "the promotion was not over within PT10M"));
  }

  @Test
  void succeedsAtTheDeadlineRatherThanStall() {
    assertThat(decide(ACCEPTED, shown(promotedDatastore(), 601), 601)).isInstanceOf(Finish.class);
  }

  @Test
  void isWatchedForEverWhenStalled() {
    var day = 86_400;

    assertThat(decide(promoting(STALLED), shown(modifying(), day), day))
        .isEqualTo(new LookAgain(at(day + 10), "the promotion takes longer than it should"));
    assertThat(decide(promoting(STALLED), shown(promotedDatastore(), day), day))
        .isInstanceOf(Finish.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailoverStatus.class,
      names = {"PROMOTING", "STALLED"})
  void failsOnlyWhenTheOldRolesHaveSettled(FailoverStatus status) {
    var failover = promoting(status);

    assertThat(decide(failover, shown(healthyDatastore(), FAILED - 0.001, 0), FAILED - 0.001))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(failover, shown(healthyDatastore(), FAILED, 2), FAILED))
        .isEqualTo(
            new Finish(
                FailoverStatus.FAILED,
                FailoverEffect.NONE,
                "AWS has shown the target as a secondary, and nothing in motion, since " + at(2)));
  }

  @Test
  void settlingStartsAnewWhenSomethingMoved() {
    assertThat(decide(ACCEPTED, shown(healthyDatastore(), 319.9, 200), 319.9))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(ACCEPTED, shown(healthyDatastore(), 320, 200), 320))
        .isInstanceOf(Finish.class);
  }

  @Test
  void readsAwsOnceMoreBeforeItFailsOnOldFacts() {
    assertThat(decide(ACCEPTED, shown(healthyDatastore(), FAILED, 2), FAILED + 2.001))
        .isEqualTo(observeTarget());
  }

  @Test
  void neverFailsWhileTheStatusIsNotAvailable() {
    assertThat(decide(promoting(STALLED), shown(modifying(), 86_400, 2), 86_400))
        .isInstanceOf(LookAgain.class);
  }

  private static GlobalDatastore modifying() {
    return datastore("modifying", primaryIn(VIRGINIA), secondaryIn(IRELAND));
  }
}
