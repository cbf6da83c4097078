package dev.baton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documentation's table of faults names a test in each row, and that test exists. */
class FaultTableTests {
  private static final Path TABLE = Path.of("docs", "faults.md");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Tests)\\.(\\w+)`");

  @Test
  void namesATestInEachRow() throws IOException {
    var rows = rows();
    assertThat(rows).hasSizeGreaterThan(20);

    for (var row : rows) {
      var named = NAMED.matcher(row);
      assertThat(named.find()).as(row).isTrue();
      assertThat(sourceOf(named.group(1))).as(row).contains("void " + named.group(2) + "(");
    }
  }

  private static List<String> rows() throws IOException {
    return Files.readString(TABLE)
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| fault |"))
        .toList();
  }

  private static String sourceOf(String test) {
    try (var files = Files.walk(TESTS)) {
      return Files.readString(
          files.filter(file -> file.endsWith(test + ".java")).findFirst().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
