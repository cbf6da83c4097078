package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.simulator.RateLimit;
import dev.baton.simulator.RecordedCall;
import dev.baton.simulator.RegionConditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Region with a thousand Global datastores, an AWS that throttles, and three instances, each of
 * which is killed once on the way.
 */
class EvacuationProofTests {
  private static final Logger LOG = LoggerFactory.getLogger(EvacuationProofTests.class);
  private static final int DATASTORES = Integer.getInteger("datastores", 1_000);
  private static final int PER_SECOND = 20;
  private static final int PAGE = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  /** Reads of a page that are no round of an observer: each plan, and each instance's start. */
  private static final double OTHERS = 1.5;

  @Test
  void movesAThousandOnceEachThoughEveryInstanceIsKilled() throws Exception {
    try (var fleet = new Fleet(Map.of("BATON_AWS_CHANGES_PER_SECOND", "10"))) {
      fleet.simulator.conditions(
          Fleet.OREGON,
          RegionConditions.usual().withChangeLimit(RateLimit.of(PER_SECOND, PER_SECOND)));
      var story = new EvacuationStory(fleet, "thousand", DATASTORES, PATIENCE);
      var instances = fleet.running(Integer.getInteger("instances", 3));
      var began = Instant.now();
      story.request(instances.getFirst(), Map.of("canary", 5));

      for (int killed = 0; killed < Integer.getInteger("kills", instances.size()); killed++) {
        var moved = (killed + 1) * DATASTORES / 5;
        story.await("%d have moved".formatted(moved), _ -> story.count("SUCCEEDED") >= moved);
        instances.get(killed).kill();
        fleet.startMissing(3);
      }

      story.awaitEnd("SUCCEEDED");
      var took = Duration.between(began, Instant.now());
      story.assertEachPromotedOnce();
      assertThat(fleet.simulator.effectivePromotions()).isEqualTo(DATASTORES);
      report(fleet.simulator.calls(), took);
      assertThat(listings(fleet.simulator.calls(), Fleet.OREGON))
          .as("pages, once a second and not for each failover")
          .isLessThan(Math.round(OTHERS * took.toSeconds() * Math.ceilDiv(DATASTORES, PAGE)));
    }
  }

  private static void report(List<RecordedCall> calls, Duration took) {
    var changes = calls.stream().filter(EvacuationProofTests::isChange).toList();
    LOG.info(
        "{} moved in {}, where AWS's limit alone takes {}; {} calls, {} of them throttled; {} pages of"
            + " the target's Region were read, and {} times one by its id",
        DATASTORES,
        took,
        Duration.ofSeconds(DATASTORES / PER_SECOND),
        changes.size(),
        changes.stream().filter(call -> call.errorCode().equals("Throttling")).count(),
        listings(calls, Fleet.OREGON),
        byId(calls));
  }

  private static boolean isChange(RecordedCall call) {
    return call.action().equals("FailoverGlobalReplicationGroup");
  }

  private static long listings(List<RecordedCall> calls, String region) {
    return calls.stream()
        .filter(call -> call.action().equals("DescribeGlobalReplicationGroups"))
        .filter(call -> call.region().equals(region))
        .count();
  }

  private static long byId(List<RecordedCall> calls) {
    return calls.stream()
        .filter(call -> call.action().equals("DescribeGlobalReplicationGroups"))
        .filter(call -> !call.globalReplicationGroupId().isEmpty())
        .count();
  }
}
