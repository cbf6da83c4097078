package dev.baton.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures, prints a table and writes a report. */
public final class Benchmark {
  private static final Logger LOG = LoggerFactory.getLogger(Benchmark.class);

  /** What a change of the code could make slower. */
  private static final List<Section> GUARDED =
      List.of(
          new Overhead(),
          new Accepts(),
          new Evacuations(),
          new Watchers(),
          new Reads(),
          new Starts());

  private static final List<Section> SECTIONS =
      Stream.concat(GUARDED.stream(), Stream.of(new Growth())).toList();

  private Benchmark() {}

  /**
   * Runs it in the project's directory, on what was built there.
   *
   * @param arguments {@code smoke} for a short run that fails if something became far slower, and
   *     the names of sections for these alone
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    var words = Set.copyOf(Arrays.asList(arguments));
    var scale = words.contains("smoke") ? Scale.SMOKE : Scale.FULL;
    var wanted = SECTIONS.stream().filter(one -> words.contains(one.name())).toList();
    var target = Path.of("target").toAbsolutePath();
    var application = Application.layOut(target.resolve("baton.jar"), target.resolve("bench"));

    var report = new Report(scale);
    var all = scale == Scale.SMOKE ? GUARDED : SECTIONS;
    try {
      for (var section : wanted.isEmpty() ? all : wanted) {
        LOG.info("measuring {}", section.name());
        report.add(section, section.measure(application, scale));
      }
    } finally {
      // What was measured is not lost with what could not be.
      LOG.info("{}\n{}", Machine.here().inWords(), report.table());
      report.write(target.resolve("bench/report.json"));
    }
    if (!report.spoiled().isEmpty()) {
      LOG.error(
          "Far from what it was: {}",
          report.spoiled().stream()
              .map(figure -> "%s is %s".formatted(figure.what(), figure.shown()))
              .collect(Collectors.joining(", ")));
      System.exit(1);
    }
  }
}
