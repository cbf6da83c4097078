package dev.baton.bench;

import dev.baton.bench.StatementLog.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/**
 * Recorded statements as a script of pgbench. What one request called its own, ids and names, is
 * another in each run of it; all else is as it was recorded.
 *
 * @param text for {@code pgbench --file}
 */
record PgbenchScript(String text) {
  /** A variable of pgbench with twelve digits: the end of a UUID, and of a name. */
  private static final String NUMBER = "\\set number random(100000000000, 999999999999)\n";

  /** In quotes it would be text wherever nothing says otherwise. */
  private static final Pattern FRACTION = Pattern.compile("^'(\\d+\\.\\d+)'$");

  /** pgbench takes what follows a colon for a variable, also in quotes. */
  private static final Pattern LIKE_A_VARIABLE = Pattern.compile(":(?=[A-Za-z_])");

  private static final Pattern PLACE = Pattern.compile("\\$(\\d+)");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * Makes a script.
   *
   * @param own what only the one request had: the id and the Global datastore of its failover
   */
  static PgbenchScript of(List<List<Statement>> transactions, List<String> own) {
    return new PgbenchScript(
        transactions.stream()
            .flatMap(List::stream)
            .map(statement -> inlined(statement, own) + ";\n")
            .collect(Collectors.joining("", NUMBER, "")));
  }

  private static String inlined(Statement statement, List<String> own) {
    return PLACE
        .matcher(statement.sql().replaceAll("\\s+", " "))
        .replaceAll(place ->
            Matcher.quoteReplacement(literal(statement, Integer.parseInt(place.group(1)), own)));
  }

  /** Text that is put together has a type, which a literal has not: it has to be told. */
  private static String literal(Statement statement, int place, List<String> own) {
    var recorded = statement.parameters().get(place);
    var renamed = LIKE_A_VARIABLE.matcher(recorded).replaceAll(":' || '");
    for (var name : own) {
      renamed =
          renamed.replace(
              name,
              UUID.matcher(name).matches()
                  ? name.substring(0, 24) + "' || :number || '"
                  : name + "-' || :number || '");
    }
    if (renamed.equals(recorded)) {
      return FRACTION.matcher(recorded).replaceFirst("$1");
    }
    var value = recorded.substring(1, recorded.length() - 1);
    return "(%s)::%s".formatted(renamed, type(statement, value));
  }

  private static String type(Statement statement, String value) {
    if (UUID.matcher(value).matches()) {
      return statement.sql().contains("scheduled_tasks") ? "text" : "uuid";
    }
    return !value.startsWith("{") ? "text" : isJson(value) ? "json" : "text[]";
  }

  /** An array is written in braces, too. */
  private static boolean isJson(String value) {
    try {
      return Bed.JSON.readTree(value).isObject();
    } catch (JacksonException array) {
      return false;
    }
  }

  Path write(Path file) throws IOException {
    return Files.writeString(
        Files.createDirectories(file.getParent()).resolve(file.getFileName()), text);
  }
}
