package dev.baton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** What the README tells people to paste does what the README says. */
@BatonTest
class ReadmeTests {
  private static final Path README = Path.of("README.md");
  private static final Pattern BLOCK = Pattern.compile("(?s)\n```bash\n(.*?)\n```");

  /** What no test can paste: it builds Baton itself, or needs a program that may not be there. */
  private static final Pattern NOT_HERE = Pattern.compile("(?m)^(mvn|aws|export AWS) .*");

  @TempDir private Path directory;

  @Autowired private RunningBaton baton;

  @Test
  void hasNoCurlOutsideTheBlocksThatAreRun() throws IOException {
    var text = Files.readString(README);

    var outside = BLOCK.matcher(text).replaceAll("");

    assertThat(outside.lines().filter(line -> line.strip().startsWith("curl "))).isEmpty();
    assertThat(blocks().stream().filter(block -> NOT_HERE.matcher(block).find()))
        .as("blocks that are not run")
        .noneMatch(block -> block.contains("curl"));
  }

  @Test
  void runsAsPasted() throws IOException, InterruptedException {
    var blocks = blocks().stream().filter(block -> !NOT_HERE.matcher(block).find()).toList();
    assertThat(blocks).hasSizeGreaterThan(2);

    var outputs = run(blocks);

    for (int number = 0; number < blocks.size(); number++) {
      assertThat(outputs.get(number))
          .as("%s%n%n%s", blocks.get(number), outputs.get(number))
          .isNotBlank()
          .doesNotContain("/problems/", "curl: (");
    }
    assertThat(outputs.getFirst()).contains("SUCCEEDED", "FAILOVER_REQUESTED", "CALL_INTENDED");
  }

  private static List<String> blocks() throws IOException {
    return BLOCK.matcher(Files.readString(README)).results().map(one -> one.group(1)).toList();
  }

  /** All in one shell, as in one terminal: what a block sets, the next may use. */
  private List<String> run(List<String> blocks) throws IOException, InterruptedException {
    var script = new StringBuilder("set -euo pipefail\n");
    for (int number = 0; number < blocks.size(); number++) {
      script
          .append("{ ")
          .append(here(blocks.get(number)))
          .append("\n} >%d.out 2>&1%n".formatted(number));
    }
    var shell =
        new ProcessBuilder("bash", "-c", script.toString())
            .directory(directory.toFile())
            .inheritIO()
            .start();
    try {
      assertThat(shell.waitFor(2, TimeUnit.MINUTES)).as("over within two minutes").isTrue();
    } finally {
      shell.destroyForcibly();
    }
    var outputs = new ArrayList<String>();
    for (int number = 0; number < blocks.size(); number++) {
      var file = directory.resolve(number + ".out");
      outputs.add(Files.exists(file) ? Files.readString(file) : "");
    }
    assertThat(shell.exitValue()).as(String.join("\n", outputs)).isZero();
    return outputs;
  }

  private String here(String block) {
    return block
        .replace("127.0.0.1:8080", "127.0.0.1:" + baton.port())
        .replace("127.0.0.1:8081", "127.0.0.1:" + baton.aws().endpoint().getPort());
  }
}
