package dev.baton.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * On what it was measured: figures of one machine say nothing of another, only their ratios may.
 *
 * @param memory gibibytes
 */
record Machine(String processor, int processors, long memory, String system, String java) {
  private static final long KIBIBYTES_IN_GIBIBYTE = 1 << 20;

  static Machine here() {
    return new Machine(
        said(Path.of("/proc/cpuinfo"), "model name"),
        Runtime.getRuntime().availableProcessors(),
        Math.round(
            Arrays.stream(said(Path.of("/proc/meminfo"), "MemTotal").split(" "))
                    .findFirst()
                    .map(Long::parseLong)
                    .orElse(0L)
                / (double) KIBIBYTES_IN_GIBIBYTE),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.version"));
  }

  private static String said(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException notLinux) {
      return "0";
    }
  }

  String inWords() {
    return "%s, %d processors, %d GiB, %s, Java %s"
        .formatted(processor, processors, memory, system, java);
  }
}
