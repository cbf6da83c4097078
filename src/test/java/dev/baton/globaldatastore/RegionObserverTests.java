package dev.baton.globaldatastore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.deterministic.NoInterference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegionObserverTests {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Place PLACE =
      new Place(new AccountId("111122223333"), new Region("us-west-2"));
  private static final GlobalDatastoreId ONE = new GlobalDatastoreId("ldgnf-n0");
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final List<String> asked = new ArrayList<>();
  private final List<Duration> rests = new ArrayList<>();
  private final List<Object> told = new ArrayList<>();
  private final Observations observations =
      new Observations(
          new SimulatedObservationTable(
              NoInterference.session(), new SimulatedObservationTable.Rows()),
          _ -> {});
  private final RegionObserver observer =
      new RegionObserver(
          new Region150(),
          observations,
          told::add,
          new ObserverProperties(Duration.ofSeconds(1), IDLE, Duration.ofSeconds(15)));
  private boolean answers = true;
  private Instant now = NOON;

  @Test
  void looksByIdWhereFewMatterAndAtTheRestNowAndThen() {
    look(NOON, Set.of());
    for (int second = 1; second <= 61; second++) {
      look(NOON.plusSeconds(second), Set.of(ONE));
    }

    assertThat(asked.stream().filter(it -> it.equals("all"))).hasSize(2);
    assertThat(asked.stream().filter(it -> it.equals(ONE.value()))).hasSize(61);
    assertThat(asked.get(1)).isEqualTo(ONE.value());
    assertThat(
            observations
                .latest(PLACE.accountId(), PLACE.region(), new GlobalDatastoreId("ldgnf-n149"))
                .orElseThrow()
                .beganAt())
        .isAfter(NOON.plus(IDLE));
  }

  @Test
  void restsBetweenPagesOnlyWhereNobodyWaitsForWhatTheyShow() {
    look(NOON, Set.of());
    look(NOON.plusSeconds(30), Set.of());
    look(NOON.plusSeconds(61), Set.of(ONE));
    look(NOON.plusSeconds(62), Set.of(ONE, new GlobalDatastoreId("ldgnf-n1")));
    observer.lookAtAll(PLACE, NOON.plusSeconds(63));

    assertThat(rests)
        .containsExactly(
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);
  }

  @Test
  void tellsOfEachLookWhetherTheRegionAnswered() {
    look(NOON, Set.of());
    answers = false;
    look(NOON.plusSeconds(1), Set.of(ONE));

    assertThat(told)
        .containsExactly(
            new RegionLook(PLACE, true, Set.of()), new RegionLook(PLACE, false, Set.of(ONE)));
  }

  @Test
  void doesNotAskARegionForTheRestThatDoesNotAnswerForTheFew() {
    look(NOON, Set.of());
    answers = false;
    look(NOON.plusSeconds(60), Set.of(ONE));

    assertThat(asked).containsExactly("all", ONE.value());
  }

  private void look(Instant at, Set<GlobalDatastoreId> wanted) {
    now = at;
    observer.look(PLACE, wanted, at);
  }

  /** A Region with so many Global datastores. */
  private final class Region150 implements GlobalDatastores {
    @Override
    public Reading<GlobalDatastore> describe(
        AccountId accountId, Region region, GlobalDatastoreId id) {
      asked.add(id.value());
      return answers
          ? new Reading.Seen<>(datastore(id), now)
          : new Reading.NotRead<>(Reading.Reason.DARK, "Dark", "no answer");
    }

    @Override
    public Reading<List<GlobalDatastore>> describeAll(
        AccountId accountId, Region region, Duration rest) {
      asked.add("all");
      rests.add(rest);
      return new Reading.Seen<>(
          IntStream.range(0, 150)
              .mapToObj(number -> datastore(new GlobalDatastoreId("ldgnf-n" + number)))
              .toList(),
          now);
    }
  }

  private static GlobalDatastore datastore(GlobalDatastoreId id) {
    return new GlobalDatastore(
        id, "", "available", "", "", "", List.of(), false, List.of(), false, false, false, "");
  }
}
