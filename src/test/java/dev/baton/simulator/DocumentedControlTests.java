package dev.baton.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Sends what docs/simulator.md tells its readers to send, in the order in which it stands there.
 */
class DocumentedControlTests {

  private static final Pattern CURL =
      Pattern.compile(
          "curl -sS (?:-H \"\\$J\" )?(?:-X (\\w+) )?\\$S/([a-z-]+)(?: -d '(.*)')?` \\|$",
          Pattern.MULTILINE);

  @Test
  void isUnderstoodToTheLastLine() throws Exception {
    String page = Files.readString(Path.of("docs", "simulator.md"));
    List<MatchResult> lines = CURL.matcher(page).results().toList();
    assertThat(lines).hasSameSizeAs(rows(page)).isNotEmpty();

    try (Simulator simulator =
            SimulatorApplication.start(
                Map.of(
                    "BATON_SIMULATOR_PORT", "0", "BATON_SIMULATOR_REGION_PORTS", "us-east-1=0"));
        HttpClient http = HttpClient.newHttpClient()) {
      for (MatchResult line : lines) {
        HttpResponse<String> answer = send(http, simulator, line);
        assertThat(answer.statusCode()).as(line.group() + ": " + answer.body()).isEqualTo(200);
      }
    }
  }

  @Test
  void namesEveryFaultConditionAndRequest() throws Exception {
    String page = Files.readString(Path.of("docs", "simulator.md"));
    var sent = new TreeSet<String>();
    CURL.matcher(page).results().forEach(line -> sent.add(method(line) + " " + line.group(2)));

    assertThat(page).contains(kinds());
    for (Darkness darkness : Darkness.values()) {
      assertThat(page).contains("\"darkness\": \"" + darkness + "\"");
    }
    assertThat(sent)
        .containsExactlyInAnyOrder(
            "GET health",
            "GET calls",
            "GET datastores",
            "GET promotions",
            "GET faults",
            "GET regions",
            "POST datastores",
            "POST disguises",
            "POST faults",
            "POST regions",
            "POST promotion-plan",
            "POST rules",
            "POST replication-lag",
            "POST release",
            "POST reset",
            "PUT datastores",
            "DELETE faults");
  }

  private static List<String> rows(String page) {
    return page.lines().filter(line -> line.contains("| `curl ")).toList();
  }

  private static List<String> kinds() {
    return Arrays.stream(FaultKind.values()).map(kind -> "\"kind\": \"" + kind + "\"").toList();
  }

  private static HttpResponse<String> send(HttpClient http, Simulator simulator, MatchResult line)
      throws IOException, InterruptedException {
    String body = Optional.ofNullable(line.group(3)).orElse("");
    return http.send(
        HttpRequest.newBuilder(simulator.endpoint().resolve("/simulator/" + line.group(2)))
            .header("Content-Type", "application/json")
            .method(method(line), BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** As curl has it: a body makes a POST of it. */
  private static String method(MatchResult line) {
    String otherwise = line.group(3) == null ? "GET" : "POST";
    return Optional.ofNullable(line.group(1)).orElse(otherwise);
  }
}
