package dev.baton.simulator;

import static dev.baton.simulator.Scene.IRELAND;
import static dev.baton.simulator.Scene.OREGON;
import static dev.baton.simulator.Scene.SESSIONS;
import static dev.baton.simulator.Scene.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupMember;

class DisguiseTests {

  private final Scene scene = new Scene();

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void showsTwoPrimaries() throws Exception {
    disguise("\"roles\": {\"us-west-2\": \"PRIMARY\"}");

    assertThat(roles()).containsExactly("PRIMARY", "PRIMARY", "SECONDARY");
  }

  @Test
  void showsNoPrimary() throws Exception {
    disguise("\"roles\": {\"us-east-1\": \"SECONDARY\"}");

    assertThat(roles()).containsExactly("SECONDARY", "SECONDARY", "SECONDARY");
  }

  @Test
  void showsAReplicationGroupOfAnotherKind() throws Exception {
    disguise(
        "\"nodeTypes\": {\"us-west-2\": \"cache.t4g.small\"}, \"engines\": {\"us-west-2\": \"redis\"}");

    assertThat(scene.in("us-west-2").describeReplicationGroups().replicationGroups())
        .anySatisfy(group -> {
          assertThat(group.cacheNodeType()).isEqualTo("cache.t4g.small");
          assertThat(group.engine()).isEqualTo("redis");
        });
    assertThat(scene.in("us-east-1").describeReplicationGroups().replicationGroups())
        .noneMatch(group -> group.cacheNodeType().equals("cache.t4g.small"));
  }

  @Test
  void showsNoMembers() throws Exception {
    disguise("\"members\": []");

    assertThat(scene.seen().members()).isEmpty();
  }

  @Test
  void showsAnUnknownMember() throws Exception {
    disguise(
        """
        "members": [{"replicationGroupId": "sessions-use1", "region": "us-east-1", "role": "PRIMARY"},
          {"replicationGroupId": "strange", "region": "xx-north-9", "role": "OBSERVER"}]\
        """);

    assertThat(scene.seen().members())
        .extracting(GlobalReplicationGroupMember::replicationGroupId)
        .containsExactly("sessions-use1", "strange");
    assertThat(roles()).containsExactly("PRIMARY", "OBSERVER");
  }

  @Test
  void showsAnAssociatingMemberAndAnUnknownStatus() throws Exception {
    disguise("\"status\": \"snapshotting\", \"memberStatuses\": {\"eu-west-1\": \"associating\"}");

    assertThat(scene.seen().status()).isEqualTo("snapshotting");
    assertThat(scene.seen().members())
        .extracting(GlobalReplicationGroupMember::status)
        .containsExactly("associated", "associated", "associating");
  }

  @Test
  void leavesWhatIsAcceptedToTheTruth() throws Exception {
    disguise("\"status\": \"modifying\"");

    assertThat(scene.failOverToOregon().status()).isEqualTo("modifying");
    assertThat(scene.simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
  }

  @Test
  void canBeSeenFromOneRegionOnly() {
    scene.simulator.disguise(SESSIONS, Disguise.none().withStatus("everywhere"));
    scene.simulator.disguise(
        SESSIONS, IRELAND, Disguise.none().withMembers(List.of()).withRole(OREGON, "PRIMARY"));

    assertThat(scene.seenFrom(IRELAND).members()).isEmpty();
    assertThat(scene.seenFrom(IRELAND).status()).isEqualTo("available");
    assertThat(scene.seenFrom(VIRGINIA).status()).isEqualTo("everywhere");
  }

  @Test
  void isDroppedByAskingForNone() throws Exception {
    disguise("\"status\": \"snapshotting\"");
    disguise("\"region\": \"us-west-2\", \"members\": []");

    scene.post("/simulator/disguises", "{\"globalReplicationGroupId\": \"ldgnf-sessions\"}");

    assertThat(scene.statusAndPrimary()).isEqualTo("available us-east-1");
  }

  @Test
  void isDroppedWithTheFaults() throws Exception {
    disguise("\"members\": []");

    scene.simulator.clearFaults();

    assertThat(scene.seen().members()).hasSize(3);
  }

  @Test
  void isForKnownDatastores() {
    assertThatThrownBy(() -> scene.simulator.disguise("ldgnf-x", Disguise.none()))
        .hasMessageContaining("ldgnf-x is not in the simulated world");
  }

  private void disguise(String rest) throws Exception {
    String body = "{\"globalReplicationGroupId\": \"%s\", %s}".formatted(SESSIONS, rest);
    assertThat(scene.post("/simulator/disguises", body).statusCode()).isEqualTo(200);
  }

  private List<String> roles() {
    return scene.seen().members().stream().map(GlobalReplicationGroupMember::role).toList();
  }
}
