package dev.baton.failover;

import static dev.baton.RunningBaton.IRELAND;
import static dev.baton.RunningBaton.OREGON;
import static dev.baton.RunningBaton.VIRGINIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.simulator.Disguise;
import dev.baton.simulator.Disguise.ShownMember;
import dev.baton.simulator.Fault;
import dev.baton.simulator.Injection;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever AWS shows: no false success, and an end once AWS comes to its senses. */
@BatonTest
class ImpossibleAnswersTests {
  private static final String DESCRIBE = "DescribeGlobalReplicationGroups";

  @Autowired private RunningBaton baton;

  static Stream<Arguments> disguises() {
    var none = Disguise.none();
    return Stream.of(
        Arguments.of(
            "two primaries", none.withRole(VIRGINIA, "PRIMARY").withRole(OREGON, "PRIMARY")),
        Arguments.of(
            "no primary",
            none.withRole(VIRGINIA, "SECONDARY")
                .withRole(OREGON, "SECONDARY")
                .withRole(IRELAND, "SECONDARY")),
        Arguments.of("a role nobody knows", none.withRole(OREGON, "WITNESS")),
        Arguments.of("a status nobody knows", none.withStatus("rebalancing")),
        Arguments.of("a member on its way in", none.withMemberStatus(OREGON, "associating")),
        Arguments.of(
            "the target alone and primary, but modifying",
            none.withStatus("modifying")
                .withMembers(
                    List.of(
                        new ShownMember("x-usw2", OREGON, "PRIMARY", "enabled", "associated")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("disguises")
  void endsNothingByWhatCannotBeAndSucceedsOnceAwsComesToItsSenses(String what, Disguise disguise)
      throws Exception {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.holdAfter(), 1);
    var id = baton.accepted(Ask.failover(datastore));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();
    baton.aws().disguise(datastore, disguise);
    baton.aws().release();

    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(20))
        .until(() -> !baton.failover(id).has("finishedAt"));
    var shown = baton.failover(id);
    assertThat(shown.path("evidence").path("members")).isNotEmpty();
    assertThat(shown.path("evidence").path("primaryRegion").isNull()).isFalse();
    assertThat(shown.path("explanation").stringValue()).contains(" us-west-2 has shown status ");
    baton.aws().undisguise(datastore);

    var ended = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("PROMOTED");
    assertThat(baton.calls(datastore)).hasSize(1);
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  static Stream<Arguments> distortions() {
    return Stream.of(Fault.Shape.values()).map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("distortions")
  void goesOnWatchingWhateverTheAnswersLookLike(Fault.Shape shape) throws Exception {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.holdAfter(), 1);
    var id = baton.accepted(Ask.failover(datastore));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();
    baton.aws().inject(Injection.of(Fault.distort(shape)).on(DESCRIBE).in(OREGON).times(5));
    baton.aws().release();

    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(20))
        .until(() -> !RunningBaton.status(baton.failover(id)).equals("FAILED"));
    baton.aws().clearFaults();

    assertThat(baton.awaitEnd(id, "SUCCEEDED").path("effect").stringValue()).isEqualTo("PROMOTED");
    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void goesByTheTargetsViewWhileAnotherRegionShowsThePast() {
    var datastore = baton.datastore();
    baton.aws().freeze(VIRGINIA);

    baton.awaitEnd(baton.accepted(Ask.failover(datastore)), "SUCCEEDED");

    assertThat(baton.aws().effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void takesATargetThatIsShownNoMoreForGoneOnlyAfterLong() throws Exception {
    var datastore = baton.datastore();
    baton.strike(datastore, Fault.holdAfter(), 1);
    var id = baton.accepted(Ask.failover(datastore));
    assertThat(baton.aws().awaitHeld(RunningBaton.PATIENCE)).isTrue();
    baton.aws().disguise(datastore, Disguise.none().withMembers(List.of()));
    baton.aws().release();

    var ended =
        await()
            .atMost(RunningBaton.PATIENCE)
            .until(() -> baton.failover(id), it -> it.has("finishedAt"));

    assertThat(RunningBaton.status(ended)).isEqualTo("FAILED");
    assertThat(ended.path("effect").stringValue()).isEqualTo("UNKNOWN");
    assertThat(ended.path("explanation").stringValue()).contains("has not been a member");
    baton.aws().undisguise(datastore);
  }
}
