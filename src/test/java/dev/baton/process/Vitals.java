package dev.baton.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;

/** What grows without end if something leaks: of each instance, and of what they share. */
final class Vitals {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double MEGA = 1024 * 1024;

  private final Fleet fleet;
  private final List<BatonProcess> instances;

  Vitals(Fleet fleet, List<BatonProcess> instances) {
    this.fleet = fleet;
    this.instances = instances;
  }

  /** By what it is, how much more of it is no growth, be it ever so little. */
  static double allowance(String name) {
    return switch (name.replaceFirst(".* ", "")) {
      case "heap-mb" -> 16;
      case "rss-mb" -> 32;
      case "threads", "files", "unfinished", "tasks" -> 20;
      case "connections" -> 5;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** As it is now. */
  SequencedMap<String, Double> sample() throws IOException, InterruptedException {
    SequencedMap<String, Double> sample = new LinkedHashMap<>();
    for (var instance : instances) {
      sample.put(instance.name() + " heap-mb", heapAfterCollection(instance) / MEGA);
      sample.put(instance.name() + " rss-mb", fromStatus(instance, "VmRSS:") / 1024);
      sample.put(instance.name() + " threads", fromStatus(instance, "Threads:"));
      sample.put(instance.name() + " files", openFiles(instance));
    }
    sample.put("connections", count("pg_stat_activity where backend_type = 'client backend'"));
    sample.put("tasks", count("scheduled_tasks"));
    sample.put("unfinished", count("failover where finished_at is null"));
    return sample;
  }

  /** What is still in use, not what has not been collected yet. */
  private static double heapAfterCollection(BatonProcess instance)
      throws IOException, InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    new ProcessBuilder(jcmd, Long.toString(instance.pid()), "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    var answer = instance.get("/actuator/metrics/jvm.memory.used?tag=area:heap", "frank");
    return JSON.readTree(answer.body()).get("measurements").get(0).get("value").asDouble();
  }

  private static double fromStatus(BatonProcess instance, String field) throws IOException {
    return Files.readAllLines(proc(instance).resolve("status")).stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElseThrow();
  }

  private static double openFiles(BatonProcess instance) throws IOException {
    try (var files = Files.list(proc(instance).resolve("fd"))) {
      return files.count();
    }
  }

  private static Path proc(BatonProcess instance) {
    return Path.of("/proc", Long.toString(instance.pid()));
  }

  private double count(String rows) {
    return Double.parseDouble(fleet.database.rows("select count(*)::text from " + rows).getFirst());
  }

  /** A line of a table of comma-separated values. */
  static String csv(long seconds, Map<String, Double> sample) {
    var line = new StringBuilder(Long.toString(seconds));
    sample.values().forEach(value -> line.append(",%.1f".formatted(value)));
    return line.append('\n').toString();
  }
}
