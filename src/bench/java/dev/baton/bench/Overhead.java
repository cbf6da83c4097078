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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a failover takes beyond AWS's own time for it, against a loop in a shell: call, then
 * describe every five seconds until the roles have changed.
 */
final class Overhead implements Section {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String CALL = "FailoverGlobalReplicationGroup";
  private static final String DESCRIBE = "DescribeGlobalReplicationGroups";

  /** One failover at a time in each, so that each is looked at for itself. */
  private static final List<String> TARGETS =
      List.of(Bed.OREGON, "us-east-2", "eu-west-1", "eu-central-1", "ap-southeast-2");

  /** The same promotion times in each run, so that runs can be compared. */
  private static final long SEED = 814;

  private static final String LOOP =
      """
      set -eu
      aws() { command aws --endpoint-url "$1" --region "$3" elasticache "${@:4}"; }
      aws "$1" "$2" "$3" failover-global-replication-group --global-replication-group-id "$2" \\
        --primary-region "$3" --primary-replication-group-id "$4" >/dev/null
      until [ "$(aws "$1" "$2" "$3" describe-global-replication-groups --show-member-info \\
        --global-replication-group-id "$2" --output text --query \\
        "GlobalReplicationGroups[?Status=='available'].Members[]|[?Role=='PRIMARY'].ReplicationGroupId")" \\
        = "$4" ]; do
        sleep 5
      done
      """;

  @Override
  public String name() {
    return "overhead";
  }

  /** A failover to be: of what, where to, and how long AWS will take for it. */
  private record Planned(String datastore, String target, Duration time) {}

  /** When something was begun, and was seen to be over. */
  private record Done(Instant began, Instant seen) {}

  /**
   * A failover that was.
   *
   * @param all seconds that are not the simulator's own time
   * @param seeing seconds between its end and that somebody saw it
   * @param looks at the Region from the call until then
   * @param watched seconds from the call until then
   */
  private record Measured(double all, double seeing, long looks, double watched) {}

  @Override
  public List<Figure> measure(Application application, Scale scale)
      throws IOException, InterruptedException {
    try (var bed = Bed.make(application);
        var others = Executors.newVirtualThreadPerTaskExecutor()) {
      var each = scale.of(6, 1);
      var warmUp = plan(bed, scale, "first", scale.of(1, 2));
      var viaBaton = plan(bed, scale, "baton", each);
      var viaLoop = plan(bed, scale, "loop", each);
      var regions = Bed.VIRGINIA + "," + String.join(",", TARGETS);
      var instance =
          bed.start("overhead", scale.javaOptions(), Map.of("BATON_AWS_REGIONS", regions));
      measured(bed, warmUp, one -> withBaton(bed, instance, one), others);

      var baton = measured(bed, viaBaton, one -> withBaton(bed, instance, one), others);
      var loop = measured(bed, viaLoop, one -> withLoop(bed, one), others);
      var seeing = baton.stream().map(Measured::seeing).toList();
      var batons = Median.of(baton.stream().map(Measured::all).toList());
      var loops = Median.of(loop.stream().map(Measured::all).toList());
      var looks = baton.stream().mapToLong(Measured::looks).sum();
      var watched = baton.stream().mapToDouble(Measured::watched).sum();
      return List.of(
          Figure.of("beyond AWS's own time, Baton", batons, "s"),
          Figure.of("beyond AWS's own time, AWS CLI in a loop", loops, "s"),
          Figure.ratio("of the loop's", batons / loops).atMost(0.15).neverAbove(0.32),
          Figure.of("promoted, until SUCCEEDED is seen: median", Median.of(seeing), "s")
              .atMost(1)
              .neverAbove(1),
          Figure.of("promoted, until SUCCEEDED is seen: p95", Median.share(seeing, 0.95), "s")
              .atMost(1.5),
          Figure.of("looks at a Region a second, while it is promoted", looks / watched, "/s")
              .atMost(1));
    }
  }

  /** So many for each target, of Global datastores of their own. */
  private static List<List<Planned>> plan(Bed bed, Scale scale, String name, int each) {
    var times =
        new Random(SEED)
            .longs(scale.of(8_000, 2_000), scale.of(14_000, 4_000))
            .mapToObj(Duration::ofMillis)
            .iterator();
    return TARGETS.stream()
        .map(target ->
            bed.datastores(name + "-" + target, each, target).stream()
                .map(datastore -> new Planned(datastore, target, times.next()))
                .toList())
        .toList();
  }

  private interface Way {
    Done take(Planned planned) throws IOException, InterruptedException;
  }

  /** To all targets at once, and to each one after the other. */
  private static List<Measured> measured(
      Bed bed, List<List<Planned>> planned, Way way, ExecutorService threads)
      throws InterruptedException {
    var begins = new ReentrantLock();
    var lanes =
        planned.stream()
            .map(lane ->
                threads.submit(() -> {
                  var measured = new ArrayList<Measured>();
                  for (var one : lane) {
                    measured.add(measured(bed, one, begun(bed, one, way, begins, threads).get()));
                  }
                  return measured;
                }))
            .toList();
    var all = new ArrayList<Measured>();
    for (var lane : lanes) {
      try {
        all.addAll(lane.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    return all;
  }

  /** One begins when the one before it has been called for: each has its own promotion time. */
  private static Future<Done> begun(
      Bed bed, Planned planned, Way way, Lock begins, ExecutorService threads) {
    begins.lock();
    try {
      bed.simulator.promotionsGo(PromotionPlan.local().withDuration(planned.time()));
      var running = threads.submit(() -> way.take(planned));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> bed.simulator.effectivePromotions(planned.datastore()) == 1);
      return running;
    } finally {
      begins.unlock();
    }
  }

  private static Measured measured(Bed bed, Planned planned, Done done) {
    var called = calls(bed, CALL, planned.datastore()).getFirst().at();
    var looks =
        bed.simulator.calls().stream()
            .filter(call -> call.action().equals(DESCRIBE))
            .filter(call -> call.region().equals(planned.target()))
            .filter(call -> call.at().isAfter(called) && call.at().isBefore(done.seen()))
            .count();
    return new Measured(
        seconds(Duration.between(done.began(), done.seen()).minus(planned.time())),
        seconds(Duration.between(called.plus(planned.time()), done.seen())),
        looks,
        seconds(Duration.between(called, done.seen())));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static List<RecordedCall> calls(Bed bed, String action, String datastore) {
    return bed.simulator.calls().stream()
        .filter(call -> call.action().equals(action))
        .filter(call -> call.globalReplicationGroupId().equals(datastore))
        .toList();
  }

  /** Asks, and listens to the events until they are over. */
  private static Done withBaton(Bed bed, BatonProcess instance, Planned planned) {
    var began = Instant.now();
    var failover =
        bed.post(instance, "/v1/failovers", Bed.request(planned.datastore(), planned.target()))
            .path("id")
            .asString();
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

  private static Done withLoop(Bed bed, Planned planned) throws IOException, InterruptedException {
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
            planned.datastore(),
            planned.target(),
            planned.datastore().substring(6) + "-second"));
    return new Done(began, Instant.now());
  }
}
