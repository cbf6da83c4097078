package dev.baton.bench;

import static org.awaitility.Awaitility.await;

import dev.baton.process.BatonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * All who watch one failover at one instance, as everybody does while a Region burns: how long
 * after it happened the last of them has an event.
 */
final class Watchers implements Section {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final double KIBIBYTES_IN_MEBIBYTE = 1024;
  private static final int FEW = 100;

  @Override
  public String name() {
    return "watchers";
  }

  /** What so many watchers came to. */
  private record Watched(List<Double> millis, double connections, double heap) {}

  @Override
  public List<Figure> measure(Application application, Scale scale)
      throws IOException, InterruptedException {
    try (var bed = Bed.make(application)) {
      var datastores = bed.datastores("watch", 2);
      var instance = bed.start("watchers", scale.javaOptions(), Map.of());
      var events = scale.of(100, 20);
      var many = scale.of(10_000, 2_000);
      var few = watched(bed, instance, datastores.getFirst(), FEW, events);
      var all = watched(bed, instance, datastores.getLast(), many, events);
      return List.of(
          Figure.of(
              "event to the last of %,d watchers, median".formatted(many),
              Median.of(all.millis()),
              "ms"),
          Figure.of("the same, p99", Median.share(all.millis(), 0.99), "ms").atMost(500),
          Figure.of(
              "the same of %d watchers, median".formatted(FEW), Median.of(few.millis()), "ms"),
          Figure.ratio(
                  "%,d watchers / %d watchers, median".formatted(many, FEW),
                  Median.of(all.millis()) / Median.of(few.millis()))
              .neverAbove(scale.of(16, 5)),
          Figure.of("heap in use, after a collection", all.heap(), "MiB")
              .atMost(512)
              .neverAbove(scale.of(700, 230)),
          Figure.ratio(
                  "database connections taken a second, of those with %d".formatted(FEW),
                  all.connections() / few.connections())
              .atMost(1.1)
              .neverAbove(2));
    }
  }

  private static Watched watched(
      Bed bed, BatonProcess instance, String datastore, int watchers, int events)
      throws IOException, InterruptedException {
    var failover = bed.ask(instance, Accepts.request(bed, datastore)).path("id").asString();
    var path = "/v1/failovers/" + failover;
    var listen =
        Wire.request("GET", path + "/events", bed.token, Map.of("Accept", "text/event-stream"), "");
    try (var streams = new Streams()) {
      for (int opened = 0; opened < watchers; opened++) {
        streams.open(instance.port(), listen);
        var inTime = opened - 200;
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> streams.open() >= inTime);
      }
      await().atMost(PATIENCE).until(() -> streams.open() == watchers);
      var before = connections(bed, instance);
      var began = System.nanoTime();
      var millis = new ArrayList<Double>();
      for (int event = 2; event < events + 2; event++) {
        var happened = happen(bed, instance, path, event);
        var number = event;
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(10))
            .until(() -> streams.arrived(number) == watchers);
        millis.add(Duration.between(happened, streams.lastArrival(event)).toNanos() / 1e6);
      }
      var after = connections(bed, instance);
      var seconds = (System.nanoTime() - began) / 1e9;
      Programs.run(List.of("jcmd", Long.toString(instance.pid()), "GC.run"));
      return new Watched(millis, (after - before) / seconds, heap(instance));
    }
  }

  /** Something happens to the failover: it is given another time. Then an event tells when. */
  private static Instant happen(Bed bed, BatonProcess instance, String path, int number) {
    try (var wire = new Wire(instance.port())) {
      var tag = wire.send(Wire.get(path, bed.token)).headers().get("etag");
      var body =
          Bed.JSON.writeValueAsString(
              Map.of(
                  "scheduledFor",
                  Instant.now().plus(Duration.ofHours(1)).plusSeconds(number).toString()));
      var answer = wire.send(Wire.request("PATCH", path, bed.token, Map.of("If-Match", tag), body));
      if (answer.status() != 200) {
        throw new IllegalStateException("%d: %s".formatted(answer.status(), answer.body()));
      }
      return Instant.parse(Bed.JSON.readTree(answer.body()).path("updatedAt").asString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often the instance has taken a connection to its database so far. */
  private static double connections(Bed bed, BatonProcess instance) {
    return bed.get(instance, "/actuator/metrics/hikaricp.connections.acquire")
        .path("measurements")
        .valueStream()
        .filter(one -> one.path("statistic").asString().equals("COUNT"))
        .mapToDouble(one -> one.path("value").asDouble())
        .findFirst()
        .orElseThrow();
  }

  private static double heap(BatonProcess instance) throws IOException, InterruptedException {
    var told = Programs.run(List.of("jcmd", Long.toString(instance.pid()), "GC.heap_info"));
    var used = USED.matcher(told);
    if (!used.find()) {
      throw new IllegalStateException("jcmd tells no heap: " + told);
    }
    return Double.parseDouble(used.group(1)) / KIBIBYTES_IN_MEBIBYTE;
  }
}
