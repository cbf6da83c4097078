package dev.baton.simulator;

import static dev.baton.simulator.Scene.IRELAND;
import static dev.baton.simulator.Scene.OREGON;
import static dev.baton.simulator.Scene.SESSIONS;
import static dev.baton.simulator.Scene.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.baton.simulator.SimulatedDatastore.Member;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.model.DescribeGlobalReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.GlobalNodeGroup;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroupMember;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

class DescribeTests {

  private final Scene scene = new Scene(SimulatorSettings.local().withAccountId("123456789012"));

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void showsEveryFieldOfAGlobalDatastore() {
    assertThat(scene.seen())
        .isEqualTo(
            GlobalReplicationGroup.builder()
                .globalReplicationGroupId(SESSIONS)
                .globalReplicationGroupDescription("Simulated Global datastore")
                .status("available")
                .cacheNodeType("cache.r7g.large")
                .engine("valkey")
                .engineVersion("8.0")
                .members(
                    member("sessions-use1", VIRGINIA, "PRIMARY"),
                    member("sessions-usw2", OREGON, "SECONDARY"),
                    member("sessions-euw1", IRELAND, "SECONDARY"))
                .clusterEnabled(false)
                .globalNodeGroups(
                    GlobalNodeGroup.builder()
                        .globalNodeGroupId("ldgnf-sessions-0001")
                        .slots("0-16383")
                        .build())
                .authTokenEnabled(true)
                .transitEncryptionEnabled(true)
                .atRestEncryptionEnabled(true)
                .arn("arn:aws:elasticache::123456789012:globalreplicationgroup:ldgnf-sessions")
                .build());
  }

  @Test
  void leavesMembersEmptyUnlessTheyAreAskedFor() {
    assertThat(
            scene.in(OREGON).describeGlobalReplicationGroups(all -> {}).globalReplicationGroups())
        .singleElement()
        .satisfies(group -> assertThat(group.members()).isEmpty());
  }

  @Test
  void listsOnlyDatastoresWithAMemberInTheRegion() {
    scene.simulator.add(
        SimulatedDatastore.of("gxeiz-catalog", Member.primary("catalog-euw1", IRELAND)));

    assertThat(idsSeenIn(OREGON)).containsExactly(SESSIONS);
    assertThat(idsSeenIn(IRELAND)).containsExactly("gxeiz-catalog", SESSIONS);
    assertThat(idsSeenIn("ap-south-1")).isEmpty();
  }

  @Test
  void callsADatastoreWithoutSecondariesPrimaryOnly() {
    scene.simulator.add(
        SimulatedDatastore.of("gxeiz-catalog", Member.primary("catalog-euw1", IRELAND)));

    assertThat(
            scene
                .in(IRELAND)
                .describeGlobalReplicationGroups(r -> r.globalReplicationGroupId("gxeiz-catalog"))
                .globalReplicationGroups())
        .extracting(GlobalReplicationGroup::status)
        .containsExactly("primary-only");
  }

  @Test
  void sharesTheSlotsOutAmongTheShards() {
    scene.simulator.add(
        SimulatedDatastore.of("ldgnf-carts", Member.primary("carts-apse1", "ap-southeast-1"))
            .withClusterMode(3));

    assertThat(
            scene
                .in("ap-southeast-1")
                .describeGlobalReplicationGroups(all -> {})
                .globalReplicationGroups()
                .getFirst()
                .globalNodeGroups())
        .extracting(GlobalNodeGroup::globalNodeGroupId, GlobalNodeGroup::slots)
        .containsExactly(
            tuple("ldgnf-carts-0001", "0-5460"),
            tuple("ldgnf-carts-0002", "5461-10921"),
            tuple("ldgnf-carts-0003", "10922-16383"));
  }

  @Test
  void givesThePrimaryEndpointWithClusterModeOff() {
    ReplicationGroup group = groupIn(OREGON);

    assertThat(group.status()).isEqualTo("available");
    assertThat(group.globalReplicationGroupInfo().globalReplicationGroupId()).isEqualTo(SESSIONS);
    assertThat(group.globalReplicationGroupInfo().globalReplicationGroupMemberRole())
        .isEqualTo("SECONDARY");
    assertThat(group.configurationEndpoint()).isNull();
    assertThat(group.nodeGroups().getFirst().primaryEndpoint().address())
        .isEqualTo("master.sessions-usw2.ldgnf.usw2.cache.amazonaws.com");
    assertThat(group.nodeGroups().getFirst().primaryEndpoint().port()).isEqualTo(6379);
  }

  @Test
  void givesTheConfigurationEndpointWithClusterModeOn() {
    scene.simulator.add(
        SimulatedDatastore.of("ldgnf-carts", Member.primary("carts-apse1", "ap-southeast-1"))
            .withClusterMode(2));

    ReplicationGroup group = groupIn("ap-southeast-1");

    assertThat(group.clusterEnabled()).isTrue();
    assertThat(group.configurationEndpoint().address())
        .isEqualTo("clustercfg.carts-apse1.ldgnf.apse1.cache.amazonaws.com");
    assertThat(group.nodeGroups())
        .hasSize(2)
        .allSatisfy(shard -> assertThat(shard.primaryEndpoint()).isNull());
  }

  @Test
  void pagesThroughDatastoresAndReplicationGroups() {
    IntStream.range(0, 44)
        .forEach(number ->
            scene.simulator.add(
                SimulatedDatastore.of(
                    "sgaui-d%02d".formatted(number),
                    Member.primary("d%02d".formatted(number), OREGON))));

    assertThat(scene.in(OREGON).describeGlobalReplicationGroupsPaginator(r -> r.maxRecords(20)))
        .extracting(page -> page.globalReplicationGroups().size())
        .containsExactly(20, 20, 5);
    assertThat(scene.in(OREGON).describeReplicationGroupsPaginator(r -> r.maxRecords(20)))
        .extracting(page -> page.replicationGroups().size())
        .containsExactly(20, 20, 5);
    assertThat(
            scene
                .in(OREGON)
                .describeGlobalReplicationGroupsPaginator(r -> r.maxRecords(20))
                .globalReplicationGroups())
        .extracting(GlobalReplicationGroup::globalReplicationGroupId)
        .doesNotHaveDuplicates()
        .hasSize(45);
  }

  @Test
  void marksItsAnswersAsSimulated() {
    DescribeGlobalReplicationGroupsResponse answer =
        scene.in(OREGON).describeGlobalReplicationGroups(all -> {});

    assertThat(answer.sdkHttpResponse().firstMatchingHeader("x-baton-simulator")).contains("true");
    assertThat(answer.responseMetadata().requestId())
        .isEqualTo(scene.simulator.calls().getLast().requestId());
  }

  private ReplicationGroup groupIn(String region) {
    DescribeReplicationGroupsResponse answer = scene.in(region).describeReplicationGroups();
    assertThat(answer.replicationGroups()).hasSize(1);
    return answer.replicationGroups().getFirst();
  }

  private List<String> idsSeenIn(String region) {
    return scene
        .in(region)
        .describeGlobalReplicationGroups(all -> {})
        .globalReplicationGroups()
        .stream()
        .map(GlobalReplicationGroup::globalReplicationGroupId)
        .toList();
  }

  private static GlobalReplicationGroupMember member(String id, String region, String role) {
    return GlobalReplicationGroupMember.builder()
        .replicationGroupId(id)
        .replicationGroupRegion(region)
        .role(role)
        .automaticFailover("enabled")
        .status("associated")
        .build();
  }
}
