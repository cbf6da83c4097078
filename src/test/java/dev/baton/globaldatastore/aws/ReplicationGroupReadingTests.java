package dev.baton.globaldatastore.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.globaldatastore.Endpoint;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.Reading.NotFound;
import dev.baton.globaldatastore.Reading.NotRead;
import dev.baton.globaldatastore.Reading.Reason;
import dev.baton.globaldatastore.Reading.Seen;
import dev.baton.globaldatastore.ReplicationGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationGroupReadingTests {
  private static final ReplicationGroupId GROUP = new ReplicationGroupId("sessions-usw2");
  private static final String SHARDS =
      "<NodeGroups>"
          + shard(Answers.endpoint("PrimaryEndpoint", "master.one"))
          + shard(Answers.endpoint("PrimaryEndpoint", "master.two"))
          + "</NodeGroups>";

  @Test
  void hasTheFirstShardsPrimaryEndpointWithClusterModeOff() throws IOException {
    try (var aws = answering(SHARDS);
        var adapter = Adapter.to(aws.uri())) {
      assertThat(read(adapter))
          .isInstanceOfSatisfying(
              Seen.class,
              seen ->
                  assertThat(((ReplicationGroup) seen.value()).endpoint())
                      .contains(new Endpoint("master.one", 6379)));
      assertThat(aws.requests())
          .singleElement()
          .satisfies(request -> {
            assertThat(request.region()).isEqualTo("us-west-2");
            assertThat(request.body())
                .contains("Action=DescribeReplicationGroups", "ReplicationGroupId=sessions-usw2");
          });
    }
  }

  @Test
  void hasTheConfigurationEndpointWithClusterModeOn() throws IOException {
    try (var aws = answering(SHARDS + Answers.endpoint("ConfigurationEndpoint", "clustercfg"));
        var adapter = Adapter.to(aws.uri())) {
      assertThat(read(adapter))
          .isInstanceOfSatisfying(
              Seen.class,
              seen ->
                  assertThat(((ReplicationGroup) seen.value()).endpoint())
                      .contains(new Endpoint("clustercfg", 6379)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<NodeGroups/>",
        "<NodeGroups><NodeGroup><Status>creating</Status></NodeGroup></NodeGroups>",
        "<ConfigurationEndpoint><Address>a</Address></ConfigurationEndpoint>",
        "<ConfigurationEndpoint><Address></Address><Port>6379</Port></ConfigurationEndpoint>",
        "<ConfigurationEndpoint><Address>a</Address><Port>0</Port></ConfigurationEndpoint>"
      })
  void hasNoEndpointWhereAwsShowsNone(String shown) throws IOException {
    try (var aws = answering(shown);
        var adapter = Adapter.to(aws.uri())) {
      assertThat(read(adapter))
          .isInstanceOfSatisfying(
              Seen.class,
              seen -> assertThat(((ReplicationGroup) seen.value()).endpoint()).isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, DENIED",
    "400, Throttling, THROTTLED",
    "500, InternalFailure, DARK"
  })
  void saysWhyThereIsNone(int status, String code, Reason reason) throws IOException {
    try (var aws = FakeAws.answering(status, Answers.error(code));
        var adapter = Adapter.to(aws.uri())) {
      assertThat(read(adapter)).isEqualTo(new NotRead<>(reason, code, "said " + code));
    }
  }

  @Test
  void isNotFoundWhereAwsSaysSo() throws IOException {
    try (var aws = FakeAws.answering(404, Answers.error("ReplicationGroupNotFoundFault"));
        var adapter = Adapter.to(aws.uri())) {
      assertThat(read(adapter)).isInstanceOf(NotFound.class);
    }
  }

  @Test
  void isGivenUpSoonWhereTheRegionKeepsSilent() throws IOException {
    try (var aws = FakeAws.answeringInTurn(new FakeAws.Answer.Silence());
        var adapter = Adapter.to(aws.uri())) {
      var began = System.nanoTime();

      assertThat(read(adapter))
          .asInstanceOf(InstanceOfAssertFactories.type(NotRead.class))
          .extracting(NotRead::reason)
          .isEqualTo(Reason.DARK);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
      assertThat(aws.requests()).hasSize(1);
    }
  }

  @Test
  void leavesTheBreakerOfOtherQuestionsAlone() throws IOException {
    try (var aws =
            FakeAws.answering(request ->
                request.body().contains("Action=DescribeReplicationGroups")
                    ? new FakeAws.Answer.Whole(500, Answers.error("InternalFailure"))
                    : new FakeAws.Answer.Whole(200, Answers.page("", "ldgnf-sessions")));
        var adapter = Adapter.to(aws.uri())) {
      for (int i = 0; i < 10; i++) {
        read(adapter);
      }

      assertThat(read(adapter))
          .asInstanceOf(InstanceOfAssertFactories.type(NotRead.class))
          .extracting(NotRead::reason)
          .isEqualTo(Reason.HELD_BACK);
      assertThat(adapter.describe()).isInstanceOf(Seen.class);
    }
  }

  @Test
  void isDeniedWhereTheAccountOrTheRegionIsNotServed() throws IOException {
    try (var aws = answering(SHARDS);
        var adapter = Adapter.to(aws.uri())) {
      assertThat(adapter.groups.describe(new AccountId("999999999999"), Adapter.OREGON, GROUP))
          .isInstanceOf(NotRead.class);
      assertThat(adapter.groups.describe(Adapter.ACCOUNT, new Region("ap-south-1"), GROUP))
          .isInstanceOf(NotRead.class);
      assertThat(aws.requests()).isEmpty();
    }
  }

  @Test
  void listsAllOfARegionInPages() throws IOException {
    try (var aws =
            FakeAws.answeringInTurn(
                new FakeAws.Answer.Whole(
                    200,
                    Answers.replicationGroup(
                        "sessions-usw2",
                        "<Engine>valkey</Engine><CacheNodeType>cache.r7g.large</CacheNodeType>"
                            + "<GlobalReplicationGroupInfo><GlobalReplicationGroupId>ldgnf-sessions"
                            + "</GlobalReplicationGroupId></GlobalReplicationGroupInfo>",
                        "<Marker>more</Marker>")),
                new FakeAws.Answer.Whole(200, Answers.replicationGroup("carts-usw2", "")));
        var adapter = Adapter.to(aws.uri())) {
      var read = adapter.groups.describeGroups(Adapter.ACCOUNT, Adapter.OREGON);

      assertThat(read)
          .asInstanceOf(InstanceOfAssertFactories.type(Seen.class))
          .extracting(Seen::value)
          .isEqualTo(
              List.of(
                  new ReplicationGroup(
                      GROUP,
                      "",
                      "valkey",
                      "cache.r7g.large",
                      Optional.of("ldgnf-sessions"),
                      Optional.empty()),
                  new ReplicationGroup(
                      new ReplicationGroupId("carts-usw2"),
                      "",
                      "",
                      "",
                      Optional.empty(),
                      Optional.empty())));
      assertThat(aws.requests()).hasSize(2);
      assertThat(aws.requests().getFirst().body()).contains("MaxRecords=100");
      assertThat(aws.requests().getLast().body()).contains("Marker=more");
    }
  }

  @Test
  void isNoListWhereAPageIsMissing() throws IOException {
    try (var aws =
            FakeAws.answeringInTurn(
                new FakeAws.Answer.Whole(
                    200, Answers.replicationGroup("sessions-usw2", "", "<Marker>more</Marker>")),
                new FakeAws.Answer.Whole(403, Answers.error("AccessDenied")));
        var adapter = Adapter.to(aws.uri())) {
      assertThat(adapter.groups.describeGroups(Adapter.ACCOUNT, Adapter.OREGON))
          .isEqualTo(new NotRead<>(Reason.DENIED, "AccessDenied", "said AccessDenied"));
    }
  }

  private static Reading<ReplicationGroup> read(Adapter adapter) {
    return adapter.groups.describe(Adapter.ACCOUNT, Adapter.OREGON, GROUP);
  }

  private static FakeAws answering(String shown) {
    return FakeAws.answering(200, Answers.replicationGroup("sessions-usw2", shown));
  }

  private static String shard(String shown) {
    return "<NodeGroup>" + shown + "</NodeGroup>";
  }
}
