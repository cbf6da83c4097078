package dev.baton.bench;

import static org.awaitility.Awaitility.await;

import dev.baton.process.BatonProcess;
import dev.baton.simulator.PromotionPlan;
import dev.baton.simulator.RecordedCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a failover takes beyond AWS's own time for it, against a loop in a shell: call, then
 * describe every five seconds until the roles have changed.
 */
final class Overhead implements Section {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String CALL = "FailoverGlobalReplicationGroup";
  private static final String DESCRIBE = "DescribeGlobalReplicationGroups";

  /** The same promotion times in each run, so that runs can be compared. */
  private static final long SEED = 814;

  private static final String LOOP =
      """
      set -eu
      aws() { command aws --endpoint-url "$1" --region us-west-2 elasticache "${@:3}"; }
      aws "$1" "$2" failover-global-replication-group --global-replication-group-id "$2" \\
        --primary-region us-west-2 --primary-replication-group-id "$3" >/dev/null
      until [ "$(aws "$1" "$2" describe-global-replication-groups --show-member-info \\
        --global-replication-group-id "$2" --output text --query \\
        "GlobalReplicationGroups[?Status=='available'].Members[]|[?Role=='PRIMARY'].ReplicationGroupId")" \\
        = "$3" ]; do
        sleep 5
      done
      """;

  @Override
  public String name() {
    return "overhead";
  }

  /** When something was begun, and was seen to be over. */
  private record Done(Instant began, Instant seen) {}

  /** What is not the simulator's own time, and what is between its end and that somebody saw it. */
  private record Beyond(double all, double seeing) {}

  @Override
  public List<Figure> measure(Application application, Scale scale)
      throws IOException, InterruptedException {
    try (var bed = Bed.make(application);
        var others = Executors.newVirtualThreadPerTaskExecutor()) {
      var count = scale.of(30, 5);
      var times = times(scale, count);
      var viaBaton = bed.datastores("baton", count);
      var viaLoop = bed.datastores("loop", count);
      var instance = bed.start("overhead", scale.javaOptions(), Map.of());
      warmUp(bed, instance);

      var baton =
          measured(bed, viaBaton, times, one -> () -> withBaton(bed, instance, one), others);
      var reads = readsASecond(bed, viaBaton);
      var loop = measured(bed, viaLoop, times, one -> () -> withLoop(bed, one), others);
      var seeing = baton.stream().map(Beyond::seeing).toList();
      var batons = Median.of(baton.stream().map(Beyond::all).toList());
      var loops = Median.of(loop.stream().map(Beyond::all).toList());
      return List.of(
          Figure.of("beyond AWS's own time, Baton", batons, "s"),
          Figure.of("beyond AWS's own time, AWS CLI in a loop", loops, "s"),
          Figure.ratio("of the loop's", batons / loops).atMost(0.15).neverAbove(0.4),
          Figure.of("promoted, until SUCCEEDED is seen: median", Median.of(seeing), "s")
              .atMost(1)
              .neverAbove(1.4),
          Figure.of("promoted, until SUCCEEDED is seen: p95", Median.share(seeing, 0.95), "s")
              .atMost(1.5),
          Figure.of("looks at the Region a second, while they are promoted", reads, "/s")
              .atMost(1));
    }
  }

  private static List<Duration> times(Scale scale, int count) {
    var random = new Random(SEED);
    return random
        .longs(count, scale.of(8_000, 2_000), scale.of(14_000, 4_000))
        .mapToObj(Duration::ofMillis)
        .toList();
  }

  private static void warmUp(Bed bed, BatonProcess instance) throws InterruptedException {
    bed.simulator.promotionsGo(plan(Duration.ofSeconds(1)));
    for (var datastore : bed.datastores("first", 3)) {
      withBaton(bed, instance, datastore);
    }
  }

  private static PromotionPlan plan(Duration time) {
    return PromotionPlan.local().withDuration(time);
  }

  private interface Way {
    Callable<Done> of(String datastore);
  }

  /** One begins when the one before it has been called for: each has its own promotion time. */
  private static List<Beyond> measured(
      Bed bed, List<String> datastores, List<Duration> times, Way way, ExecutorService threads)
      throws InterruptedException {
    List<Future<Done>> running = new ArrayList<>();
    for (int number = 0; number < datastores.size(); number++) {
      var datastore = datastores.get(number);
      bed.simulator.promotionsGo(plan(times.get(number)));
      running.add(threads.submit(way.of(datastore)));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> bed.simulator.effectivePromotions(datastore) == 1);
    }
    List<Beyond> beyond = new ArrayList<>();
    for (int number = 0; number < running.size(); number++) {
      beyond.add(beyond(bed, datastores.get(number), times.get(number), running.get(number)));
    }
    return beyond;
  }

  private static Beyond beyond(Bed bed, String datastore, Duration time, Future<Done> running)
      throws InterruptedException {
    try {
      var done = running.get();
      var promoted = calls(bed, CALL, datastore).getFirst().at().plus(time);
      return new Beyond(
          seconds(Duration.between(done.began(), done.seen()).minus(time)),
          seconds(Duration.between(promoted, done.seen())));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** How often the target's Region was looked at while they were promoted, once all were called. */
  private static double readsASecond(Bed bed, List<String> datastores) {
    var last = calls(bed, CALL, datastores.getLast()).getFirst().at();
    var reads =
        bed.simulator.calls().stream()
            .filter(call -> call.action().equals(DESCRIBE) && call.region().equals(Bed.OREGON))
            .filter(call -> call.at().isAfter(last))
            .toList();
    var spent = Duration.between(last, reads.getLast().at());
    return reads.size() / seconds(spent);
  }

  private static List<RecordedCall> calls(Bed bed, String action, String datastore) {
    return bed.simulator.calls().stream()
        .filter(call -> call.action().equals(action))
        .filter(call -> call.globalReplicationGroupId().equals(datastore))
        .toList();
  }

  /** Asks, and listens to the events until they are over. */
  private static Done withBaton(Bed bed, BatonProcess instance, String datastore) {
    var began = Instant.now();
    var failover =
        bed.post(instance, "/v1/failovers", Bed.request(datastore)).path("id").asString();
    try (var wire = new Wire(instance.port())) {
      wire.begin(
          Wire.request(
              "GET",
              "/v1/failovers/" + failover + "/events",
              bed.token,
              Map.of("Accept", "text/event-stream"),
              ""));
      for (var line = wire.line(); ; line = wire.line()) {
        if (line.contains("\"type\":\"FAILOVER_SUCCEEDED\"")) {
          return new Done(began, Instant.now());
        }
        if (line.contains("\"type\":\"FAILOVER_FAILED\"")) {
          throw new IllegalStateException(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Done withLoop(Bed bed, String datastore) throws IOException, InterruptedException {
    var began = Instant.now();
    Programs.run(
        List.of(
            "env",
            "AWS_ACCESS_KEY_ID=any",
            "AWS_SECRET_ACCESS_KEY=any",
            "bash",
            "-c",
            LOOP,
            "loop",
            bed.simulator.endpoint().toString(),
            datastore,
            datastore.substring(6) + "-usw2"));
    return new Done(began, Instant.now());
  }
}
