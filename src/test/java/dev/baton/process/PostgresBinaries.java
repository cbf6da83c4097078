package dev.baton.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's PostgreSQL. The one that tests bring along has no {@code pg_basebackup}.
 *
 * @param directory where the programs are
 */
record PostgresBinaries(Path directory) {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  /** PostgreSQL doesn't run as root: then it runs as the user that Debian's package makes. */
  private static final String USER = "postgres";

  /** The newest that is installed. */
  static PostgresBinaries find() throws IOException {
    assertThat(INSTALLED).as("Debian's PostgreSQL: apt-get install postgresql").isDirectory();
    try (var versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("pg_basebackup")))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .max(Comparator.comparingInt(bin -> Integer.parseInt(version(bin))))
          .map(PostgresBinaries::new)
          .orElseThrow(() ->
              new AssertionError(
                  "No PostgreSQL server is installed below %s: apt-get install postgresql"
                      .formatted(INSTALLED)));
    }
  }

  private static String version(Path bin) {
    return bin.getParent().getFileName().toString();
  }

  /** A new directory that the servers may write to. */
  Path room() throws IOException, InterruptedException {
    var room = Files.createTempDirectory("baton-cluster");
    if (isRoot()) {
      finish(new ProcessBuilder("chown", USER, room.toString()));
    }
    return room;
  }

  /** One of the programs, to be started in its own process. */
  ProcessBuilder command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("setpriv", "--reuid", USER, "--regid", USER, "--init-groups"));
    }
    command.add(directory.resolve(program).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(Path.of("/").toFile());
  }

  void run(String program, String... arguments) throws IOException, InterruptedException {
    finish(command(program, arguments));
  }

  private static void finish(ProcessBuilder builder) throws IOException, InterruptedException {
    var output = Files.createTempFile("baton-cluster", ".log");
    var process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", builder.command()).isTrue();
    assertThat(process.exitValue())
        .as("%s: %s", builder.command(), Files.readString(output))
        .isZero();
    Files.delete(output);
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
