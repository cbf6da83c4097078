package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.failover.Coverage.Edge;
import dev.baton.failover.process.FailoverStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Baton's promises in many schedules of trouble. {@code -Dschedules=1000000} runs as many, {@code
 * -DfirstSeed=…} others, and {@code -Dschedules=1 -DfirstSeed=…} the one that failed once more.
 */
class ScheduleTests {
  private static final long WANTED = Long.getLong("schedules", 20_000);
  private static final long FIRST_SEED = Long.getLong("firstSeed", 1);

  /** Fewer than these are not expected to meet every trouble everywhere. */
  private static final long ENOUGH_TO_MEET_ALL = 20_000;

  /** Where people are waited for, or a time: too rare to meet every trouble in each schedule. */
  private static final Set<FailoverStatus> OF_PEOPLE =
      EnumSet.of(FailoverStatus.AWAITING_APPROVAL, FailoverStatus.SCHEDULED);

  @Test
  void keepsItsPromisesInEverySchedule() throws Exception {
    var began = System.nanoTime();
    var schedules = Schedules.run(FIRST_SEED, WANTED);
    System.out.printf(
        "%d schedules, %d of them counted, with %d calls, in %s%n%s%n",
        schedules.all(),
        schedules.counted(),
        schedules.calls(),
        Duration.ofMillis((System.nanoTime() - began) / 1_000_000),
        schedules.coverage());
    schedules.refuseFailure();
    if (WANTED >= ENOUGH_TO_MEET_ALL) {
      assertThat(schedules.counted()).isGreaterThanOrEqualTo(WANTED);
      assertThat(schedules.coverage().gaps(edges(), ScheduleTests::canMeet)).isEmpty();
    }
  }

  @Test
  void runsTheSameScheduleAgainFromTheSameSeed() throws Exception {
    Schedules.quietly(() -> {
      for (long seed = FIRST_SEED; seed < FIRST_SEED + 20; seed++) {
        assertThat(Schedule.run(seed).trace()).isEqualTo(Schedule.run(seed).trace());
      }
    });
  }

  private static List<Edge> edges() {
    var edges = new ArrayList<Edge>();
    for (var from : FailoverStatus.values()) {
      if (!OF_PEOPLE.contains(from)) {
        from.successors().stream().sorted().map(to -> new Edge(from, to)).forEach(edges::add);
      }
    }
    return edges;
  }

  /** A call whose fate is open leaves a failover that never goes back, and never is refused. */
  private static boolean canMeet(Edge edge, Trouble trouble) {
    if (!trouble.isOfCall()) {
      return true;
    }
    return switch (trouble) {
      case CALL_LOST ->
          Stream.of(
                  new Edge(FailoverStatus.SWITCHING, FailoverStatus.OUTCOME_UNKNOWN),
                  new Edge(FailoverStatus.OUTCOME_UNKNOWN, FailoverStatus.SWITCHING),
                  new Edge(FailoverStatus.OUTCOME_UNKNOWN, FailoverStatus.FAILED))
              .anyMatch(edge::equals);
      case CALL_CUT, CALL_LATE ->
          edge.from() != FailoverStatus.PENDING
              && (edge.from() != FailoverStatus.SWITCHING
                  || edge.to() == FailoverStatus.OUTCOME_UNKNOWN);
      case CALL_NOT_EXECUTED ->
          edge.from() == FailoverStatus.PENDING
              || edge.equals(new Edge(FailoverStatus.SWITCHING, FailoverStatus.PENDING));
      case CALL_REFUSED -> edge.equals(new Edge(FailoverStatus.SWITCHING, FailoverStatus.FAILED));
      default -> throw new IllegalStateException("where does a call meet %s?".formatted(trouble));
    };
  }
}
