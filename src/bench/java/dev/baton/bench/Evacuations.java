package dev.baton.bench;

import static org.awaitility.Awaitility.await;

import dev.baton.process.BatonProcess;
import dev.baton.simulator.PromotionPlan;
import dev.baton.simulator.RateLimit;
import dev.baton.simulator.RecordedCall;
import dev.baton.simulator.RegionConditions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Leaving a Region, against the time that AWS's own limit and promotions take. */
final class Evacuations implements Section {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int PER_SECOND = 20;
  private static final String DUBLIN = "eu-west-1";
  private static final String FRANKFURT = "eu-central-1";

  @Override
  public String name() {
    return "evacuations";
  }

  /** What an evacuation came to. */
  private record Evacuated(double toBound, double reads, double throttled) {}

  @Override
  public List<Figure> measure(Application application, Scale scale)
      throws IOException, InterruptedException {
    var one = evacuated(application, scale, 1);
    if (scale == Scale.SMOKE) {
      return List.of(
          Figure.ratio("100 datastores, one instance: of the bound", one.toBound()).neverAbove(2.6),
          Figure.ratio("throttled calls", one.throttled()).neverAbove(0.2));
    }
    var three = evacuated(application, scale, 3);
    return List.of(
        Figure.ratio("1,000 datastores, one instance: of the bound", one.toBound()).atMost(1.1),
        Figure.ratio("three instances: of the bound", three.toBound()).atMost(1.1),
        Figure.ratio("three instances / one, in time", three.toBound() / one.toBound())
            .atMost(1.05),
        Figure.ratio("describes for each failover and Region, one instance", one.reads()).atMost(1),
        Figure.ratio("the same, three instances", three.reads()).atMost(1),
        Figure.ratio("throttled calls, one instance", one.throttled()).atMost(0.02),
        Figure.ratio("the same, three instances", three.throttled()).atMost(0.02));
  }

  private static Evacuated evacuated(Application application, Scale scale, int instances)
      throws IOException, InterruptedException {
    try (var bed = Bed.make(application)) {
      var count = scale.of(1_000, 100);
      var promotion = scale.of(Duration.ofSeconds(10), Duration.ofSeconds(2));
      bed.datastores("warm", scale.of(600, 10), DUBLIN, FRANKFURT);
      bed.datastores("leave", count);
      bed.simulator.promotionsGo(PromotionPlan.local().withDuration(promotion));
      bed.simulator.conditions(
          Bed.OREGON,
          RegionConditions.usual().withChangeLimit(RateLimit.of(PER_SECOND, PER_SECOND)));
      var regions = String.join(",", Bed.VIRGINIA, Bed.OREGON, DUBLIN, FRANKFURT);
      var settings = Map.of("BATON_AWS_REGIONS", regions);
      var all = new ArrayList<BatonProcess>();
      for (int number = 1; number <= instances; number++) {
        all.add(bed.start("evacuations-" + number, scale.javaOptions(), settings));
      }
      awaitSeen(bed);
      // Instances run for weeks before. These Regions have nothing to do with the others.
      evacuate(bed, all.getFirst(), request("warm", DUBLIN, FRANKFURT));
      var before = bed.simulator.calls().size();
      var began = System.nanoTime();
      evacuate(bed, all.getFirst(), request("leave", Bed.VIRGINIA, Bed.OREGON));
      var took = (System.nanoTime() - began) / 1e9;
      var calls = bed.simulator.calls();
      return evacuated(calls.subList(before, calls.size()), count, took, promotion);
    }
  }

  private static void evacuate(Bed bed, BatonProcess instance, Map<String, Object> request) {
    var id = bed.post(instance, "/v1/evacuations", request).path("id").asString();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> get(bed, instance, id).has("finishedAt"));
    var ended = get(bed, instance, id);
    if (!ended.path("status").asString().equals("SUCCEEDED")) {
      throw new IllegalStateException(ended.toString());
    }
  }

  private static Evacuated evacuated(
      List<RecordedCall> calls, int count, double took, Duration promotion) {
    var bound = count / (double) PER_SECOND + promotion.toMillis() / 1e3;
    var reads =
        calls.stream()
            .filter(call -> call.action().equals("DescribeGlobalReplicationGroups"))
            .filter(call -> Set.of(Bed.VIRGINIA, Bed.OREGON).contains(call.region()))
            .count();
    var changes =
        calls.stream()
            .filter(call -> call.action().equals("FailoverGlobalReplicationGroup"))
            .toList();
    var throttled = changes.stream().filter(call -> !call.errorCode().isEmpty()).count();
    return new Evacuated(took / bound, reads / 2.0 / count, throttled / (double) changes.size());
  }

  /** A plan goes by what the observers have seen. */
  private static void awaitSeen(Bed bed) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() ->
            bed.database
                .rows("select count(distinct region)::text from survey where read_at is not null")
                .equals(List.of("4")));
  }

  private static Map<String, Object> request(String name, String from, String to) {
    return Map.of(
        "fromRegion",
        from,
        "toRegion",
        to,
        "selector",
        Map.of("globalReplicationGroupIds", List.of("ldgnf-%s-*".formatted(name))),
        "reason",
        "it is measured how long it takes");
  }

  private static JsonNode get(Bed bed, BatonProcess instance, String id) {
    return bed.get(instance, "/v1/evacuations/" + id);
  }
}
