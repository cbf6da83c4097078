package dev.baton.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures, prints a table and writes a report. */
public final class Benchmark {
  /** What a change of the code could make slower. */
  private static final List<Section> GUARDED =
      List.of(new Overhead(), new Accepts(), new Evacuations(), new Watchers(), new Reads());

  private static final List<Section> SECTIONS =
      Stream.concat(GUARDED.stream(), Stream.of(new Starts())).toList();

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
    for (var section : wanted.isEmpty() ? all : wanted) {
      var began = System.nanoTime();
      var measured = section.measure(application, scale);
      report.add(section, measured);
      say(
          "%s, measured in %d s%n%s"
              .formatted(
                  section.name(),
                  Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                  Report.table(scale, Map.of(section.name(), measured))));
    }
    say(Machine.here().inWords());
    say(report.table());
    report.write(target.resolve("bench/report.json"));
    if (!report.spoiled().isEmpty()) {
      say(
          "Far from what it was: "
              + report.spoiled().stream()
                  .map(figure -> "%s is %s".formatted(figure.what(), figure.shown()))
                  .collect(Collectors.joining(", ")));
      System.exit(1);
    }
  }

  static void say(String what) {
    System.out.println(what);
  }
}
