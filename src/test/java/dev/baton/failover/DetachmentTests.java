package dev.baton.failover;

import static dev.baton.failover.Scenes.EXPIRY;
import static dev.baton.failover.Scenes.IN_IRELAND;
import static dev.baton.failover.Scenes.IRELAND;
import static dev.baton.failover.Scenes.LIMITS;
import static dev.baton.failover.Scenes.OREGON;
import static dev.baton.failover.Scenes.VIRGINIA;
import static dev.baton.failover.Scenes.answeredAt;
import static dev.baton.failover.Scenes.at;
import static dev.baton.failover.Scenes.datastore;
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
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.FailoverMode;
import dev.baton.failover.process.Facts;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverProcess;
import dev.baton.failover.process.FailoverSnapshot;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.Known;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.failover.process.ProcessDecision.Become;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import dev.baton.failover.process.ProcessDecision.ObserveTarget;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.ReplicationGroup;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A DETACH of the member in Ireland, after its call. Its call was accepted at 1 s unless said. */
class DetachmentTests {
  private static final Facts LEFT =
      shown(datastore("available", primaryIn(VIRGINIA), secondaryIn(OREGON)), 5);

  @Test
  void isDoneWhenTheTargetHasLeftAndStandsAlone() {
    assertThat(decide(promoting(), LEFT, alone("available"), 6))
        .isInstanceOfSatisfying(
            Finish.class,
            end -> {
              assertThat(end.status()).isEqualTo(FailoverStatus.SUCCEEDED);
              assertThat(end.effect()).isEqualTo(FailoverEffect.DETACHED);
            });
    assertThat(decide(promoting(), new Facts.Gone(at(5)), alone("available"), 6))
        .isInstanceOf(Finish.class);
  }

  @Test
  void asksTheTargetsRegionForItselfBeforeItIsDone() {
    assertThat(decide(promoting(), LEFT, 6)).isEqualTo(new ObserveTarget());
  }

  @Test
  void isNotDoneWhileTheTargetStandsOtherwise() {
    assertThat(decide(promoting(), LEFT, alone("modifying"), 6)).isInstanceOf(LookAgain.class);
    assertThat(decide(promoting(), LEFT, memberOf("ldgnf-sessions"), 6))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(promoting(), LEFT, new Reading.NotFound<>(at(6)), 6))
        .isInstanceOf(LookAgain.class);
    assertThat(
            decide(
                promoting(),
                LEFT,
                new Reading.NotRead<ReplicationGroup>(Reading.Reason.DARK, "Timeout", "late"),
                6))
        .isInstanceOf(LookAgain.class);
  }

  @Test
  void doesNotTakeALatePromotionForASuccess() {
    assertThat(decide(promoting(), shown(promotedDatastore(), 5), 6)).isInstanceOf(LookAgain.class);
    assertThat(decide(promoting(), shown(promotedDatastore(), 200, 5), 200))
        .isInstanceOfSatisfying(
            Finish.class,
            end -> {
              assertThat(end.status()).isEqualTo(FailoverStatus.FAILED);
              assertThat(end.effect()).isEqualTo(FailoverEffect.NONE);
            });
  }

  @Test
  void ignoresWhatWasReadBeforeTheCallEnded() {
    var before = shown(datastore("available", primaryIn(VIRGINIA), secondaryIn(OREGON)), 0.5);

    assertThat(decide(promoting(), before, alone("available"), 6)).isEqualTo(observeTarget());
    assertThat(decide(promoting(), new Facts.Gone(at(0.5)), alone("available"), 6))
        .isEqualTo(observeTarget());
    assertThat(decide(promoting(), unseen(), 6)).isEqualTo(observeTarget());
    assertThat(decide(promoting(), unseen(), 1.5)).isInstanceOf(LookAgain.class);
  }

  @Test
  void isOnItsWayWhenAwsShowsTheTargetLeaving() {
    var leaving = leaving();

    assertThat(decide(unknown(), shown(leaving, 5), 6))
        .isInstanceOfSatisfying(
            Become.class, next -> assertThat(next.status()).isEqualTo(FailoverStatus.PROMOTING));
    assertThat(decide(promoting(), shown(leaving, 5), 6)).isInstanceOf(LookAgain.class);
    assertThat(decide(unknown(), LEFT, alone("available"), 6))
        .isInstanceOfSatisfying(
            Become.class, next -> assertThat(next.status()).isEqualTo(FailoverStatus.PROMOTING));
  }

  @Test
  void endsNothingWhileACallOfUnknownOutcomeMayStillLand() {
    var detach =
        failover(FailoverStatus.PROMOTING)
            .mode(FailoverMode.DETACH)
            .unknown(0, 1)
            .promotingSince(2)
            .build();

    assertThat(decide(detach, LEFT, alone("available"), 6))
        .isInstanceOfSatisfying(LookAgain.class, again -> assertThat(again.at()).isEqualTo(at(17)));
  }

  @Test
  void callsAgainOnlyWhenTheFirstCallHasLandedAndTheTargetHasLongBeenAMember() {
    assertThat(decide(unknown(), shown(healthyDatastore(), 36, 2), 36))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(unknown(), shown(healthyDatastore(), 37, 2), 37)).isEqualTo(sendToTarget());
    assertThat(decide(unknown(), shown(promotedDatastore(), 37, 2), 37))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(unknown(), shown(healthyDatastore(), EXPIRY + 1, 2), EXPIRY + 1))
        .isInstanceOfSatisfying(
            Finish.class, end -> assertThat(end.status()).isEqualTo(FailoverStatus.FAILED));
  }

  @Test
  void isStalledAtTheDeadlineAndStillMaySucceed() {
    var deadline = 1 + LIMITS.promotionDeadline().toSeconds();
    assertThat(decide(promoting(), shown(leaving(), deadline, 5), deadline))
        .isInstanceOfSatisfying(
            Become.class, next -> assertThat(next.status()).isEqualTo(FailoverStatus.STALLED));
    var stalled =
        failover(FailoverStatus.STALLED)
            .mode(FailoverMode.DETACH)
            .accepted(0, 1)
            .promotingSince(1)
            .build();
    assertThat(decide(stalled, shown(leaving(), deadline, 5), deadline))
        .isInstanceOf(LookAgain.class);
    assertThat(decide(stalled, new Facts.Gone(at(deadline)), alone("available"), deadline))
        .isInstanceOfSatisfying(
            Finish.class, end -> assertThat(end.status()).isEqualTo(FailoverStatus.SUCCEEDED));
  }

  private static FailoverSnapshot promoting() {
    return failover(FailoverStatus.PROMOTING)
        .mode(FailoverMode.DETACH)
        .accepted(0, 1)
        .promotingSince(1)
        .build();
  }

  private static FailoverSnapshot unknown() {
    return failover(FailoverStatus.OUTCOME_UNKNOWN).mode(FailoverMode.DETACH).unknown(0, 1).build();
  }

  private static GlobalDatastore leaving() {
    return datastore(
        "modifying",
        primaryIn(VIRGINIA),
        member(IRELAND, "SECONDARY", "disassociating"),
        secondaryIn(OREGON));
  }

  private static Reading<ReplicationGroup> alone(String status) {
    return group(status, Optional.empty());
  }

  private static Reading<ReplicationGroup> memberOf(String datastore) {
    return group("available", Optional.of(datastore));
  }

  private static Reading<ReplicationGroup> group(String status, Optional<String> datastore) {
    return new Reading.Seen<>(
        new ReplicationGroup(IN_IRELAND, status, "", "", datastore, Optional.empty()), at(6));
  }

  private static ProcessDecision decide(FailoverSnapshot detach, Facts facts, double now) {
    return new FailoverProcess(LIMITS).decide(detach, new Known(facts, answeredAt(now)), at(now));
  }

  private static ProcessDecision decide(
      FailoverSnapshot detach, Facts facts, Reading<ReplicationGroup> target, double now) {
    return new FailoverProcess(LIMITS)
        .decide(detach, new Known(facts, answeredAt(now)).with(target), at(now));
  }
}
