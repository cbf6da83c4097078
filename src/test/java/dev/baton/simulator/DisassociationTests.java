package dev.baton.simulator;

import static dev.baton.simulator.Scene.IRELAND;
import static dev.baton.simulator.Scene.OREGON;
import static dev.baton.simulator.Scene.SESSIONS;
import static dev.baton.simulator.Scene.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupMember;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupNotFoundException;
import software.amazon.awssdk.services.elasticache.model.InvalidGlobalReplicationGroupStateException;
import software.amazon.awssdk.services.elasticache.model.InvalidParameterValueException;

class DisassociationTests {

  private final Scene scene = new Scene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void showsTheMemberLeaving() {
    GlobalReplicationGroup answer = scene.disassociateIreland(IRELAND);

    assertThat(answer.status()).isEqualTo("modifying");
    assertThat(answer.members())
        .extracting(GlobalReplicationGroupMember::status)
        .containsExactly("associated", "associated", "disassociating");
  }

  @Test
  void leavesAStandaloneReplicationGroupBehind() {
    scene.disassociateIreland(IRELAND);
    scene.pass(Duration.ofSeconds(1));

    assertThat(scene.in(IRELAND).describeReplicationGroups().replicationGroups())
        .singleElement()
        .satisfies(group -> {
          assertThat(group.replicationGroupId()).isEqualTo("sessions-euw1");
          assertThat(group.status()).isEqualTo("available");
          assertThat(group.globalReplicationGroupInfo().globalReplicationGroupId()).isNull();
          assertThat(group.nodeGroups().getFirst().primaryEndpoint()).isNotNull();
        });
    assertThat(scene.statusAndPrimary()).isEqualTo("available us-east-1");
    assertThat(scene.seen().members())
        .extracting(GlobalReplicationGroupMember::replicationGroupRegion)
        .containsExactly(VIRGINIA, OREGON);
  }

  @Test
  void takesTheDatastoreOutOfTheRegionsView() {
    scene.disassociateIreland(OREGON);
    scene.pass(Duration.ofSeconds(1));

    assertThatThrownBy(() -> scene.disassociateIreland(IRELAND))
        .isInstanceOf(GlobalReplicationGroupNotFoundException.class);
  }

  @Test
  void answersEvenIfTheMemberIsGoneAtOnce() {
    try (Scene hasty = new Scene(SimulatorSettings.local().withDisassociationTime(Duration.ZERO))) {
      assertThat(hasty.disassociateIreland(IRELAND).members()).hasSize(2);
    }
  }

  @Test
  void keepsThePrimary() {
    assertThatThrownBy(() ->
            scene
                .in(VIRGINIA)
                .disassociateGlobalReplicationGroup(request ->
                    request
                        .globalReplicationGroupId(SESSIONS)
                        .replicationGroupId("sessions-use1")
                        .replicationGroupRegion(VIRGINIA)))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("is the primary");
  }

  @Test
  void waitsForAPromotionToEnd() {
    scene.failOverToOregon();
    scene.pass(Duration.ofSeconds(1));

    assertThatThrownBy(() -> scene.disassociateIreland(IRELAND))
        .isInstanceOf(InvalidGlobalReplicationGroupStateException.class);
  }

  @Test
  void endsThePromotionOfTheMemberThatLeavesIfSoSet() {
    try (Scene lenient = new Scene(SimulatorSettings.local().disassociatingWhilePromoting(true))) {
      lenient.failOverTo(IRELAND, "sessions-euw1");
      lenient.pass(Duration.ofSeconds(1));
      lenient.disassociateIreland(IRELAND);
      lenient.pass(Duration.ofSeconds(10));

      assertThat(lenient.statusAndPrimary()).isEqualTo("available us-east-1");
    }
  }
}
