package dev.baton.bench;

import static org.awaitility.Awaitility.await;

import dev.baton.process.TestDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the database's server was asked, by its own log. */
final class StatementLog {
  /** Settings of a server that keeps such a log. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "logging_collector", "on",
          "log_destination", "jsonlog",
          "log_directory", "log",
          "log_filename", "statements",
          "log_statement", "all");

  private static final Pattern EXECUTED = Pattern.compile("(?s)(?:execute [^:]*|statement): (.*)");
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+) = ('(?:[^']++|'')*+'|NULL)");

  private final TestDatabase database;
  private final Path file;

  private StatementLog(TestDatabase database, Path file) {
    this.database = database;
    this.file = file;
  }

  static StatementLog of(TestDatabase database) {
    var directory = database.rows("show data_directory").getFirst();
    return new StatementLog(database, Path.of(directory, "log", "statements.json"));
  }

  /**
   * A statement.
   *
   * @param sql with $1 and so on
   * @param parameters as literals, by their numbers
   */
  record Statement(String sql, Map<Integer, String> parameters) {}

  /** Where the log ends once all that was asked until now is in it: it is written by another. */
  long end() throws IOException {
    var mark = "end of log " + UUID.randomUUID();
    var from = Files.size(file);
    database.rows("select '%s'".formatted(mark));
    await("the log has what was asked").until(() -> text(from, Files.size(file)).contains(mark));
    return from + text(from, Files.size(file)).lastIndexOf('\n') + 1;
  }

  /** What was asked between two places, transaction by transaction, in the order of their ends. */
  List<List<Statement>> transactions(long from, long to) throws IOException {
    var open = new TreeMap<Integer, List<Statement>>();
    var done = new ArrayList<List<Statement>>();
    for (var line : lines(from, to)) {
      var executed = EXECUTED.matcher(line.path("message").asString(""));
      if (!executed.matches()) {
        continue;
      }
      var statement =
          new Statement(executed.group(1).strip(), parameters(line.path("detail").asString("")));
      var transaction = open.computeIfAbsent(line.path("pid").asInt(), _ -> new ArrayList<>());
      transaction.add(statement);
      if (!transaction.getFirst().sql().equals("BEGIN")
          || statement.sql().equals("COMMIT")
          || statement.sql().equals("ROLLBACK")) {
        done.add(List.copyOf(transaction));
        transaction.clear();
      }
    }
    return done;
  }

  /**
   * Of transactions, those with the same statements in each of the others: what was asked for
   * something else at the same time, is in few of them.
   */
  static List<List<Statement>> inAll(
      List<List<Statement>> transactions, List<List<List<Statement>>> others) {
    return transactions.stream()
        .filter(one ->
            others.stream()
                .allMatch(
                    other -> other.stream().map(StatementLog::sql).anyMatch(sql(one)::equals)))
        .toList();
  }

  private static List<String> sql(List<Statement> transaction) {
    return transaction.stream().map(Statement::sql).toList();
  }

  private List<JsonNode> lines(long from, long to) throws IOException {
    return text(from, to).lines().map(Bed.JSON::readTree).toList();
  }

  /** Its length in characters is that in bytes, so that places can be told from it. */
  private String text(long from, long to) throws IOException {
    try (var channel = Files.newByteChannel(file)) {
      channel.position(from);
      var bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        continue;
      }
      return new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Map<Integer, String> parameters(String detail) {
    var parameters = new LinkedHashMap<Integer, String>();
    var found = PARAMETER.matcher(detail);
    while (found.find()) {
      parameters.put(Integer.parseInt(found.group(1)), found.group(2));
    }
    return parameters;
  }
}
