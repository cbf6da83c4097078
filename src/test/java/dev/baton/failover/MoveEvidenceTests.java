package dev.baton.failover;

import static dev.baton.failover.Scenes.ACCOUNT;
import static dev.baton.failover.Scenes.IRELAND;
import static dev.baton.failover.Scenes.OREGON;
import static dev.baton.failover.Scenes.VIRGINIA;
import static dev.baton.failover.Scenes.at;
import static dev.baton.failover.Scenes.datastore;
import static dev.baton.failover.Scenes.primaryIn;
import static dev.baton.failover.Scenes.secondaryIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Region;
import dev.baton.failover.primary.MoveEvidence;
import dev.baton.failover.primary.MoveEvidence.Verdict;
import dev.baton.failover.primary.MoveEvidence.Verdict.Moved;
import dev.baton.failover.primary.MoveEvidence.Verdict.Unclear;
import dev.baton.failover.primary.MoveEvidence.Verdict.Unmoved;
import dev.baton.failover.primary.RecordedPrimary;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The primary was recorded in Virginia at noon. Times are seconds from then. */
class MoveEvidenceTests {
  private static final int SILENCE = Math.toIntExact(MoveEvidence.SILENCE.toSeconds());

  @Test
  void isUnmovedWhileEveryRegionShowsWhatIsRecorded() {
    assertThat(judge(10, sees(VIRGINIA, VIRGINIA, 9, -5), sees(IRELAND, VIRGINIA, 8, -5)))
        .isEqualTo(new Unmoved());
  }

  @Test
  void hasMovedWhenTheNewRegionAndTheOldOneAgree() {
    assertThat(
            judge(
                10,
                sees(VIRGINIA, IRELAND, 9, 9),
                sees(IRELAND, IRELAND, 8, 8),
                sees(OREGON, VIRGINIA, 7, -5)))
        .isEqualTo(new Moved(IRELAND, at(8), IRELAND));
  }

  @Test
  void isNotToldByViewsThatMayHaveFallenBackBehindTheLastMove() {
    var within = Math.toIntExact(RecordedPrimary.VIEWS_AGREE_WITHIN.toSeconds());
    assertThat(judge(within, sees(VIRGINIA, IRELAND, within, 1), sees(IRELAND, IRELAND, within, 1)))
        .isEqualTo(new Unmoved());
    assertThat(
            judge(
                within + 1,
                sees(VIRGINIA, IRELAND, within + 1, 1),
                sees(IRELAND, IRELAND, within + 1, 1)))
        .isEqualTo(new Moved(IRELAND, at(1), IRELAND));
  }

  /** The describe that first showed it may have begun long before its answer was there. */
  @Test
  void countsThatFromWhenTheLastMoveWasRecorded() {
    var recorded = Optional.of(new RecordedPrimary(VIRGINIA, at(0), at(9)));
    var views = List.of(sees(VIRGINIA, IRELAND, 13, 1), sees(IRELAND, IRELAND, 13, 1));
    assertThat(MoveEvidence.judge(recorded, views, at(14))).isEqualTo(new Unmoved());
    var later = List.of(sees(VIRGINIA, IRELAND, 15, 1), sees(IRELAND, IRELAND, 15, 1));
    assertThat(MoveEvidence.judge(recorded, later, at(15)))
        .isEqualTo(new Moved(IRELAND, at(1), IRELAND));
  }

  @Test
  void waitsForTheOldRegionToAgree() {
    assertThat(judge(10, sees(VIRGINIA, VIRGINIA, 5, -5), sees(IRELAND, IRELAND, 8, 8)))
        .isEqualTo(new Unclear(VIRGINIA));
    assertThat(judge(12, sees(VIRGINIA, VIRGINIA, 11, -5), sees(IRELAND, IRELAND, 8, 8)))
        .isEqualTo(new Unclear(VIRGINIA));
  }

  @Test
  void waitsForTheNewRegionToAgree() {
    assertThat(judge(10, sees(IRELAND, VIRGINIA, 9, -5), sees(VIRGINIA, IRELAND, 9, 9)))
        .isEqualTo(new Unclear(IRELAND));
  }

  @Test
  void doesNotWaitForEverForARegionThatKeepsSilent() {
    var dark = sees(VIRGINIA, VIRGINIA, 5, -5);

    assertThat(judge(7 + SILENCE, dark, sees(IRELAND, IRELAND, 7 + SILENCE, 8)))
        .isEqualTo(new Unclear(VIRGINIA));
    assertThat(judge(8 + SILENCE, dark, sees(IRELAND, IRELAND, 8 + SILENCE, 8)))
        .isEqualTo(new Moved(IRELAND, at(8), IRELAND));
  }

  @Test
  void needsNoAgreementOfARegionThatIsNotLookedAt() {
    assertThat(judge(10, sees(IRELAND, IRELAND, 9, 9)))
        .isEqualTo(new Moved(IRELAND, at(9), IRELAND));
  }

  @Test
  void doesNotMoveBackByARegionThatIsBehind() {
    assertThat(judge(10, sees(VIRGINIA, VIRGINIA, 9, -5), sees(IRELAND, IRELAND, 9, -5)))
        .isEqualTo(new Unmoved());
  }

  @Test
  void doesNotMoveBackByARegionThatComesOutOfTheDarkWithWhatItShowedBefore() {
    assertThat(judge(10, sees(VIRGINIA, VIRGINIA, 9, -5), sees(IRELAND, IRELAND, 8, 8)))
        .isEqualTo(new Unclear(VIRGINIA));
  }

  @Test
  void believesNoneThatKeepsSilentItself() {
    assertThat(judge(8 + SILENCE, sees(IRELAND, IRELAND, 8, 8))).isEqualTo(new Unmoved());
  }

  @Test
  void waitsUntilNothingIsInMotion() {
    var switching =
        new Observation(
            ACCOUNT,
            IRELAND,
            datastore("modifying", secondaryIn(VIRGINIA), primaryIn(IRELAND), secondaryIn(OREGON)),
            at(9),
            at(9));

    assertThat(judge(10, switching)).isEqualTo(new Unmoved());
  }

  @Test
  void recordsWhereItIsAtFirstByTheViewOfItsOwnRegion() {
    var seen =
        MoveEvidence.judge(
            Optional.empty(),
            List.of(sees(OREGON, IRELAND, 9, 9), sees(VIRGINIA, VIRGINIA, 8, 7)),
            at(10));

    assertThat(seen).isEqualTo(new Moved(VIRGINIA, at(7), VIRGINIA));
  }

  private static Verdict judge(double now, Observation... views) {
    return MoveEvidence.judge(
        Optional.of(new RecordedPrimary(VIRGINIA, at(0), at(0))), List.of(views), at(now));
  }

  /** A Region's view of where the primary is. */
  private static Observation sees(Region region, Region primary, double beganAt, double since) {
    var members =
        Stream.of(VIRGINIA, IRELAND, OREGON)
            .map(one -> one.equals(primary) ? primaryIn(one) : secondaryIn(one))
            .toArray(Member[]::new);
    return new Observation(
        ACCOUNT, region, datastore("available", members), at(beganAt), at(since));
  }
}
