package dev.baton.bench;

import dev.baton.process.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** PostgreSQL's own benchmark, run on the server that Baton uses. */
final class Pgbench {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");

  private Pgbench() {}

  /** How often a second so many clients get through a script, with prepared statements. */
  static double perSecond(TestDatabase database, Path script, int clients, Duration time)
      throws IOException, InterruptedException {
    var printed =
        Programs.run(
            List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--report-per-command",
                "--host=127.0.0.1",
                "--port=" + database.port(),
                "--username=" + TestDatabase.USER,
                "--client=" + clients,
                "--jobs=2",
                "--time=" + time.toSeconds(),
                "--file=" + script,
                "postgres"));
    Files.writeString(script.resolveSibling("pgbench.log"), printed);
    var rate = RATE.matcher(printed);
    var failed = FAILED.matcher(printed);
    if (!rate.find() || !failed.find() || !failed.group(1).equals("0")) {
      throw new IllegalStateException("pgbench did not get through: " + printed);
    }
    return Double.parseDouble(rate.group(1));
  }
}
