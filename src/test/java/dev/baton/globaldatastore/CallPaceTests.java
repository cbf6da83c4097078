package dev.baton.globaldatastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.BatonTest;
import dev.baton.core.AccountId;
import dev.baton.core.Region;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of several instances: each has a {@link CallPace} of its own on the same database. */
@BatonTest
class CallPaceTests {
  private static final AccountId ACCOUNT = new AccountId("999988887777");
  private static final Region OREGON = new Region("us-west-2");
  private static final Duration PATIENT = Duration.ofHours(1);
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  /** Slow enough that what the test itself takes doesn't matter. */
  private static final CallPaces.Limits SLOW = new CallPaces.Limits(0.01, 0.1, 1);

  @Autowired private JdbcClient database;

  private final String kind = UUID.randomUUID().toString();

  @Test
  void givesEachInstanceItsTurnAfterTheOther() {
    var one = instance(SLOW);
    var other = instance(SLOW);

    var waits =
        IntStream.range(0, 6)
            .mapToObj(turn -> (turn % 2 == 0 ? one : other).turn(PATIENT).orElseThrow())
            .toList();

    assertThat(waits.getFirst()).isZero();
    for (int turn = 1; turn < waits.size(); turn++) {
      assertThat(waits.get(turn).minus(waits.get(turn - 1)))
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(11));
    }
  }

  @Test
  void takesNoTurnThatIsTooFarAway() {
    var pace = instance(SLOW);
    pace.turn(PATIENT);

    assertThat(pace.turn(Duration.ofSeconds(1))).isEmpty();
    assertThat(pace.turn(Duration.ofSeconds(1))).isEmpty();

    assertThat(pace.turn(PATIENT).orElseThrow()).isLessThan(Duration.ofSeconds(11));
  }

  @Test
  void letsTheUrgentGoInTimeAndTheOthersNotMuchLater() {
    var pace = instance(SLOW);
    var soon = Duration.ofSeconds(2);

    for (int turn = 0; turn < 20; turn++) {
      assertThat(pace.urgentTurn(soon)).isBetween(Duration.ZERO, soon);
    }

    assertThat(pace.turn(PATIENT).orElseThrow()).isLessThan(Duration.ofSeconds(13));
  }

  @Test
  void slowsDownOnceForAllThatIsUnderWay() {
    var one = instance(SLOW);
    var other = instance(SLOW);
    one.turn(PATIENT);

    for (var pace : List.of(one, other, one)) {
      pace.slowDown();
    }

    assertThat(perSecond()).isBetween(0.04, 0.06);
  }

  @Test
  void slowsDownLessWhereItDidBefore() {
    var pace = instance(SLOW);
    pace.turn(PATIENT);
    pace.slowDown();
    var slowed = perSecond();
    asLongAsASecondAgo();

    pace.slowDown();

    assertThat(perSecond()).isBetween(slowed * 0.7, slowed * 0.9);
  }

  private void asLongAsASecondAgo() {
    database
        .sql("update call_pace set slowed_at = slowed_at - interval '1 second' where kind = :kind")
        .param("kind", kind)
        .update();
  }

  @Test
  void getsFasterAgainWhileItIsUsed() {
    var pace = instance(new CallPaces.Limits(10, 100, 1000));
    pace.turn(PATIENT);
    pace.slowDown();
    var slowed = perSecond();

    await()
        .atMost(HALF_A_MINUTE)
        .until(() -> pace.turn(PATIENT).isPresent() && perSecond() > slowed * 1.02);
  }

  @ParameterizedTest
  @CsvSource({"20, 1.2", "10.5, 1.005", "9.5, 1.005", "5, 1.2"})
  void growsSlowlyOnlyNearWhereItWasTooFast(double tooFast, double atLeast) {
    var pace = instance(new CallPaces.Limits(1, 10, 1000));
    pace.turn(PATIENT);
    database
        .sql(
            """
            update call_pace set too_fast = :tooFast, used_at = used_at - interval '1 second'
            where kind = :kind
            """)
        .param("tooFast", tooFast)
        .param("kind", kind)
        .update();

    pace.turn(PATIENT);

    assertThat(perSecond() / 10).isBetween(atLeast, atLeast * 1.1);
  }

  @Test
  void staysWithinItsLimits() {
    var narrow = instance(new CallPaces.Limits(5, 5, 5));

    IntStream.range(0, 20).forEach(_ -> narrow.turn(PATIENT));
    narrow.slowDown();

    assertThat(perSecond()).isEqualTo(5);
  }

  private CallPace instance(CallPaces.Limits limits) {
    return new JdbcCallPaces(database).of(ACCOUNT, OREGON, kind, limits);
  }

  private double perSecond() {
    return database
        .sql("select per_second from call_pace where kind = :kind")
        .param("kind", kind)
        .query(Double.class)
        .single();
  }
}
