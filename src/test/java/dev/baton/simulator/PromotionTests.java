package dev.baton.simulator;

import static dev.baton.simulator.Scene.OREGON;
import static dev.baton.simulator.Scene.SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.InvalidGlobalReplicationGroupStateException;

class PromotionTests {

  private final Scene scene = new Scene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void readsAvailableRightAfterTheCall() {
    assertThat(scene.failOverToOregon().status()).isEqualTo("available");
    assertThat(scene.statusAndPrimary()).isEqualTo("available us-east-1");
  }

  @Test
  void flipsTheRolesFirst() {
    promotionsFlip(FlipOrder.ROLES_FIRST);

    assertThat(phasesAfter(99, 100, 3499, 3500, 3999, 4000))
        .containsExactly(
            "available us-east-1",
            "modifying us-east-1",
            "modifying us-east-1",
            "modifying us-west-2",
            "modifying us-west-2",
            "available us-west-2");
  }

  @Test
  void flipsTheStatusFirst() {
    promotionsFlip(FlipOrder.STATUS_FIRST);

    assertThat(phasesAfter(99, 100, 3499, 3500, 3999, 4000))
        .containsExactly(
            "available us-east-1",
            "modifying us-east-1",
            "modifying us-east-1",
            "available us-east-1",
            "available us-east-1",
            "available us-west-2");
  }

  @Test
  void flipsBothTogether() {
    promotionsFlip(FlipOrder.TOGETHER);

    assertThat(phasesAfter(100, 3999, 4000))
        .containsExactly("modifying us-east-1", "modifying us-east-1", "available us-west-2");
  }

  @Test
  void comesToNothingIfSoPlanned() {
    scene.simulator.promotionsGo(
        PromotionPlan.local().withEnding(PromotionPlan.Ending.ROLLED_BACK));

    assertThat(phasesAfter(100, 4000))
        .containsExactly("modifying us-east-1", "available us-east-1");
    assertThat(scene.simulator.effectivePromotions(SESSIONS)).isZero();
  }

  @Test
  void neverEndsIfSoPlanned() {
    scene.simulator.promotionsGo(PromotionPlan.local().withEnding(PromotionPlan.Ending.STUCK));

    assertThat(phasesAfter(100, 86_400_000))
        .containsExactly("modifying us-east-1", "modifying us-east-1");
  }

  @Test
  void goesBackToTheOldPrimary() {
    scene.failOverToOregon();
    scene.pass(Duration.ofSeconds(4));
    scene.failOverTo("us-east-1", "sessions-use1");
    scene.pass(Duration.ofSeconds(4));

    assertThat(scene.statusAndPrimary()).isEqualTo("available us-east-1");
    assertThat(scene.simulator.effectivePromotions(SESSIONS)).isEqualTo(2);
  }

  @Test
  void refusesASecondCallWhileModifying() {
    scene.failOverToOregon();
    scene.pass(Duration.ofSeconds(1));

    assertThatThrownBy(scene::failOverToOregon)
        .isInstanceOf(InvalidGlobalReplicationGroupStateException.class);
    assertThat(scene.simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
  }

  @Test
  void countsACallThatWasSentTwiceBeforeTheStatusChanged() {
    scene.failOverToOregon();
    scene.failOverToOregon();

    assertThat(scene.simulator.effectivePromotions(SESSIONS)).isEqualTo(2);
  }

  @Test
  void acceptsThePresentPrimaryIfSoSetWithoutAnyEffect() {
    try (Scene accepting =
        new Scene(SimulatorSettings.local().withPresentPrimary(PresentPrimary.ACCEPTED))) {
      accepting.failOverTo("us-east-1", "sessions-use1");
      accepting.pass(Duration.ofSeconds(1));

      assertThat(accepting.statusAndPrimary()).isEqualTo("modifying us-east-1");
      assertThat(accepting.simulator.effectivePromotions(SESSIONS)).isZero();
    }
  }

  @Test
  void showsTheNewRoleInTheReplicationGroupsToo() {
    scene.failOverToOregon();
    scene.pass(Duration.ofSeconds(4));

    assertThat(scene.in(OREGON).describeReplicationGroups().replicationGroups())
        .singleElement()
        .satisfies(group ->
            assertThat(group.globalReplicationGroupInfo().globalReplicationGroupMemberRole())
                .isEqualTo("PRIMARY"));
  }

  private void promotionsFlip(FlipOrder order) {
    scene.simulator.promotionsGo(PromotionPlan.local().withFlips(order, Duration.ofMillis(500)));
  }

  private List<String> phasesAfter(long... milliseconds) {
    Instant start = scene.now.get();
    scene.failOverToOregon();
    return Arrays.stream(milliseconds)
        .mapToObj(elapsed -> {
          scene.now.set(start.plusMillis(elapsed));
          return scene.statusAndPrimary();
        })
        .toList();
  }
}
