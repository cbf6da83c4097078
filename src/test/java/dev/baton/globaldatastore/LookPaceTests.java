package dev.baton.globaldatastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.baton.deterministic.Chance;
import dev.baton.globaldatastore.UnderWay.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a Region is looked at. */
class LookPaceTests {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final ObserverProperties PROPERTIES =
      new ObserverProperties(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(15));

  /** As the 10th, 50th and 90th percentile of 8 to 14 s are made use of. */
  private static final Expected EXPECTED =
      new Expected(Duration.ofMillis(7_740), Duration.ofSeconds(11), Duration.ofMillis(14_740));

  @Test
  void isIdleWhileNothingIsUnderWay() {
    assertThat(rested().pause(List.of(), PROPERTIES)).isEqualTo(PROPERTIES.idle());
  }

  @ParameterizedTest
  @CsvSource({"PT0S,PT1S", "PT1M,PT1S", "PT4M,PT2S", "PT10M,PT5S", "PT1H,PT15S"})
  void looksLessOftenTheLongerItTakes(Duration age, Duration pause) {
    var unknown = new UnderWay(NOON.minus(age), Optional.empty());
    assertThat(rested().pause(List.of(unknown), PROPERTIES)).isEqualTo(pause);
  }

  @ParameterizedTest
  @CsvSource({
    // Before any was over; never past the time from which on one may be.
    "PT0S,PT3S",
    "PT4S,PT3S",
    "PT6.74S,PT1S",
    // While it should be over.
    "PT7.74S,PT0.439S",
    "PT14S,PT0.439S",
    // It takes longer than any.
    "PT14.74S,PT1S",
    "PT4M,PT2S"
  })
  void looksMostOftenWhenItShouldBeOver(Duration age, Duration pause) {
    assertThat(rested().pause(List.of(promoting(NOON.minus(age))), PROPERTIES))
        .isCloseTo(pause, Duration.ofMillis(1));
  }

  @Test
  void looksAsOftenAsTheMostUrgentNeeds() {
    var pause =
        rested()
            .pause(
                List.of(
                    promoting(NOON),
                    promoting(NOON.minusSeconds(9)),
                    new UnderWay(NOON, Optional.empty())),
                PROPERTIES);
    assertThat(pause).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void seesEndsEarlierForNoMoreLooks() {
    var chance = new Chance(3);
    var looks = 0;
    var promoted = Duration.ZERO;
    var unseen = Duration.ZERO;
    var count = 2_000;
    for (int number = 0; number < count; number++) {
      var takes = chance.millis(8_000, 14_000);
      var seen = new Looks(NOON.minusSeconds(chance.below(5)), List.of(promoting(NOON)));
      while (seen.last().isBefore(NOON.plus(takes))) {
        seen.look();
      }
      looks += seen.times.stream().filter(at -> at.isAfter(NOON)).count();
      promoted = promoted.plus(takes);
      unseen = unseen.plus(Duration.between(NOON.plus(takes), seen.last()));
    }
    assertThat((double) looks / promoted.toSeconds()).isCloseTo(1, within(0.05));
    assertThat(unseen.dividedBy(count)).isLessThan(Duration.ofMillis(300));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 50})
  void looksNoMoreOftenThanEvenlyWhileOneAfterTheOtherShouldBeOver(int millisBetween) {
    var underWay = new ArrayList<UnderWay>();
    for (int millis = 0; millis < 600_000; millis += millisBetween) {
      underWay.add(promoting(NOON.plusMillis(millis)));
    }
    var looks = new Looks(NOON.minusSeconds(60), List.of());
    while (looks.last().isBefore(NOON.plusSeconds(600))) {
      looks.underWay =
          underWay.stream()
              .filter(one -> !one.since().isAfter(looks.last()))
              .filter(one -> one.since().plusSeconds(11).isAfter(looks.last()))
              .toList();
      looks.look();
    }
    assertThat(looks.times.stream().filter(at -> at.isAfter(NOON))).hasSizeBetween(590, 610);
  }

  /** One look after the other. */
  private static final class Looks {
    private final List<Instant> times = new ArrayList<>();
    private Collection<UnderWay> underWay;
    private LookPace pace;

    Looks(Instant first, Collection<UnderWay> underWay) {
      this.underWay = underWay;
      this.pace = LookPace.first(first);
      times.add(first);
    }

    Instant last() {
      return pace.lookedAt();
    }

    void look() {
      var at = last().plus(pace.pause(underWay, PROPERTIES));
      pace = pace.next(at, PROPERTIES);
      times.add(at);
    }
  }

  private static UnderWay promoting(Instant since) {
    return new UnderWay(since, Optional.of(EXPECTED));
  }

  /** Not looked at for a while. */
  private static LookPace rested() {
    return new LookPace(NOON.minusSeconds(30), 0).next(NOON, PROPERTIES);
  }
}
