package dev.baton.failover;

import static dev.baton.failover.Scenes.EXPIRY;
import static dev.baton.failover.Scenes.at;
import static dev.baton.failover.Scenes.decide;
import static dev.baton.failover.Scenes.failover;
import static dev.baton.failover.process.FailoverStatus.AWAITING_APPROVAL;
import static dev.baton.failover.process.FailoverStatus.EXPIRED;
import static dev.baton.failover.process.FailoverStatus.PENDING;
import static dev.baton.failover.process.FailoverStatus.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.failover.process.Facts;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverSnapshot;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.failover.process.ProcessDecision.Become;
import dev.baton.failover.process.ProcessDecision.Finish;
import dev.baton.failover.process.ProcessDecision.LookAgain;
import org.junit.jupiter.api.Test;

/** What waits for people, or for its time, asks AWS nothing. */
class BeforeItsTimeTests {

  @Test
  void waitsForPeopleUntilTheirTimeIsOver() {
    var awaiting = failover(AWAITING_APPROVAL).approveBefore(100).build();
    assertThat(decided(awaiting, 10)).isEqualTo(new LookAgain(at(30), "it waits for approval"));
    assertThat(decided(awaiting, 95)).isEqualTo(new LookAgain(at(100), "it waits for approval"));
    assertThat(decided(awaiting, 100))
        .isEqualTo(
            new Finish(
                EXPIRED,
                FailoverEffect.NONE,
                "it was not approved by as many as have to before " + at(100)));
  }

  @Test
  void startsAtItsTime() {
    var scheduled = failover(SCHEDULED).scheduledFor(600).build();
    assertThat(decided(scheduled, 10)).isEqualTo(new LookAgain(at(30), "its time has not come"));
    assertThat(decided(scheduled, 599)).isEqualTo(new LookAgain(at(600), "its time has not come"));
    assertThat(decided(scheduled, 600)).isEqualTo(new Become(PENDING, "its time has come"));
    assertThat(decided(scheduled, EXPIRY - 1)).isEqualTo(new Become(PENDING, "its time has come"));
  }

  @Test
  void expiresIfNobodyWasThereInTime() {
    assertThat(decided(failover(SCHEDULED).scheduledFor(600).build(), EXPIRY))
        .isEqualTo(
            new Finish(
                EXPIRED,
                FailoverEffect.NONE,
                "it was to start at %s, and Baton did not come to that before %s"
                    .formatted(at(600), at(EXPIRY))));
  }

  private static ProcessDecision decided(FailoverSnapshot failover, double now) {
    return decide(failover, new Facts.Unseen(), now);
  }
}
