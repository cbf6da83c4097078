package dev.baton.globaldatastore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BatonTest
class ObservationGapTests {
  private static final AccountId ACCOUNT = new AccountId("000000000000");

  /** One that no observer looks at. */
  private static final Region ELSEWHERE = new Region("ap-south-1");

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Autowired private Observations observations;

  private final GlobalDatastoreId id = new GlobalDatastoreId(RunningBaton.newId());

  @Test
  void keepsSinceWhenTheSameStateWasSeenAllAlong() {
    see(0);
    see(60);

    assertThat(latest().since()).isEqualTo(NOON);
  }

  @Test
  void countsAnewAfterAGapInWhichNothingWasSeen() {
    see(0);
    see(61);

    assertThat(latest().since()).isEqualTo(NOON.plusSeconds(61));
  }

  @Test
  void neverGoesBackInTime() {
    see(10);
    see(5);

    assertThat(latest().beganAt()).isEqualTo(NOON.plusSeconds(10));
  }

  @Test
  void forgetsWhatAwsSaysIsGoneUnlessItWasSeenLater() {
    see(10);

    observations.recordGone(ACCOUNT, ELSEWHERE, NOON.plusSeconds(9), id);
    assertThat(observations.latest(ACCOUNT, ELSEWHERE, id)).isPresent();

    observations.recordGone(ACCOUNT, ELSEWHERE, NOON.plusSeconds(11), id);
    assertThat(observations.latest(ACCOUNT, ELSEWHERE, id)).isEmpty();
  }

  private void see(int second) {
    var datastore =
        new GlobalDatastore(
            id, "", "available", "", "", "", List.of(), false, List.of(), false, false, false, "");
    observations.record(ACCOUNT, ELSEWHERE, NOON.plusSeconds(second), List.of(datastore));
  }

  private Observation latest() {
    return observations.latest(ACCOUNT, ELSEWHERE, id).orElseThrow();
  }
}
