package dev.baton.bench;

import dev.baton.process.BatonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * From the start of a process until it is ready, on a database that is set up already: with the
 * JVM's ahead-of-time cache (JEP 483, 514 and 515), against the plain jar.
 */
final class Starts implements Section {
  private static final double KIBIBYTES_IN_MEBIBYTE = 1024;

  @Override
  public String name() {
    return "starts";
  }

  /** Seconds until it was ready, and mebibytes that it had in memory then. */
  private record Started(double seconds, double resident) {}

  @Override
  public List<Figure> measure(Application application, Scale scale)
      throws IOException, InterruptedException {
    try (var bed = Bed.make(application)) {
      bed.datastores("start", 10);
      bed.start("first", List.of(), Map.of()).kill();
      var cached = new ArrayList<Started>();
      var plain = new ArrayList<Started>();
      for (int round = 0; round < scale.of(5, 1); round++) {
        cached.add(started(bed, "cached", application.imageCommand()));
        plain.add(started(bed, "plain", application.plainCommand()));
      }
      var ready = Median.of(cached.stream().map(Started::seconds).toList());
      var reference = Median.of(plain.stream().map(Started::seconds).toList());
      return List.of(
          Figure.of("ready, with the cache", ready, "s"),
          Figure.of("ready, the plain jar", reference, "s"),
          Figure.ratio("with / plain", ready / reference).atMost(0.5).neverAbove(0.9),
          Figure.of(
              "resident memory when ready, with the cache",
              Median.of(cached.stream().map(Started::resident).toList()),
              "MiB"),
          Figure.of(
              "the same, the plain jar",
              Median.of(plain.stream().map(Started::resident).toList()),
              "MiB"),
          Figure.of("size of the cache", Files.size(application.cache()) / 1e6, "MB"));
    }
  }

  private static Started started(Bed bed, String name, List<String> command) throws IOException {
    var began = System.nanoTime();
    var instance = bed.begin("starts-" + name, command, Map.of());
    instance.awaitUp(Duration.ofMillis(10));
    var seconds = (System.nanoTime() - began) / 1e9;
    var resident = resident(instance);
    instance.kill();
    return new Started(seconds, resident);
  }

  private static double resident(BatonProcess instance) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + instance.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / KIBIBYTES_IN_MEBIBYTE;
    }
  }
}
