package dev.baton.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.security.Caller;
import dev.baton.security.WebTestApplication;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

@SpringBootTest(
    classes = WebTestApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("local")
@ExtendWith(OutputCaptureExtension.class)
class RequestTests {
  private static final String FAILOVERS = "/v1/failovers";

  @LocalServerPort private int port;
  private Caller alice;

  @BeforeEach
  void signIn() {
    alice = Caller.demo(port, "alice");
  }

  @Test
  void readsAValidRequest() {
    var answer =
        alice.post(
            FAILOVERS,
            """
            {"targetRegion": "eu-west-1", "reason": " Grüße 🚑 ", "mode": "FAILOVER",
             "startBefore": "2026-01-31T13:00:00.123456789+01:00", "acceptDataLoss": true}\
            """);

    assertThat(answer.http().body())
        .isEqualTo(
            "{\"region\":\"eu-west-1\",\"reason\":\"Grüße 🚑\",\"mode\":\"FAILOVER\","
                + "\"startBefore\":\"2026-01-31T12:00:00.123456Z\",\"acceptDataLoss\":true}");
  }

  @Test
  void namesEveryViolationAtOnce() {
    var answer =
        alice.post(
            FAILOVERS,
            """
            {"targetRegion": 7, "reason": "a\\u0007b", "mode": "MAYBE", "startBefore": "today",
             "acceptDataLoss": "yes", "colour": 1}\
            """);

    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
    assertThat(violations(answer))
        .containsExactly(
            "targetRegion must be a string, but is a number",
            "reason must be one line of plain text, but contains the character U+0007",
            "mode must be one of SWITCHOVER, FAILOVER, DETACH, but is 'MAYBE'",
            "startBefore must be an instant with Z or an offset, such as 2026-01-31T12:00:00Z, but"
                + " is 'today'",
            "acceptDataLoss must be true or false, but is a string",
            "colour unknown field; allowed: targetRegion, reason, mode, startBefore,"
                + " acceptDataLoss");
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(violations(alice.post(FAILOVERS, "{\"reason\": null}")))
        .containsExactly("targetRegion is required", "reason is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "x\\n", "\\ud800", "a\\u202eb", "  ", "\\u200b", "x\\u2028y"})
  void refusesAReasonThatShowsOtherThanItIsStored(String reason) {
    var body = "{\"targetRegion\": \"eu-west-1\", \"reason\": \"%s\"}".formatted(reason);

    assertThat(violations(alice.post(FAILOVERS, body)))
        .singleElement()
        .asString()
        .startsWith("reason must ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "{'a':1}",
        "nope"
      })
  void refusesABodyThatIsNotOneJsonObject(String body) {
    var answer = alice.post(FAILOVERS, body);

    assertThat(answer.problem()).isEqualTo("400 /problems/malformed-body");
    assertThat(answer.detail()).doesNotContain("Source", "Feature", "tools.jackson");
  }

  @Test
  void saysWhereTheJsonBreaks() {
    assertThat(alice.post(FAILOVERS, "{\n  \"a\": x}").detail())
        .startsWith("The body is not JSON at line 2, column ");
  }

  @Test
  void refusesDeepNesting() {
    var answer = alice.post(FAILOVERS, "{\"a\":" + "[".repeat(30_000));

    assertThat(answer.problem()).isEqualTo("400 /problems/malformed-body");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    var utf16 = "{\"reason\": \"x\"}".getBytes(StandardCharsets.UTF_16);
    var answer =
        alice
            .with("Content-Type", "application/json")
            .send("POST", FAILOVERS, BodyPublishers.ofByteArray(utf16));

    assertThat(answer.problem()).isEqualTo("400 /problems/malformed-body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=iso-8859-1",
        "application/json; charset=nonsense",
        "application/problem+json",
        "nonsense"
      })
  void refusesOtherContentTypes(String type) {
    var answer =
        alice.with("Content-Type", type).send("POST", FAILOVERS, BodyPublishers.ofString("{}"));

    assertThat(answer.problem()).isEqualTo("415 /problems/unsupported-media-type");
    assertThat(answer.header("Accept")).isEqualTo("application/json");
  }

  @Test
  void demandsAContentTypeEvenWithoutABody() {
    assertThat(alice.send("POST", FAILOVERS, BodyPublishers.noBody()).status()).isEqualTo(415);
  }

  @Test
  void acceptsTheCharsetThatItIs() {
    var caller = alice.with("Content-Type", "application/json;charset=UTF-8");

    assertThat(caller.send("POST", FAILOVERS, BodyPublishers.ofString("{}")).problem())
        .isEqualTo("400 /problems/invalid-request");
  }

  @Test
  void refusesCompressedBodies() {
    assertThat(alice.with("Content-Encoding", "gzip").post(FAILOVERS, "{}").problem())
        .isEqualTo("415 /problems/unsupported-media-type");
  }

  @Test
  void refusesMoreThan64KiBWhetherAnnouncedOrNot() {
    var body = "{\"a\": \"" + "x".repeat(65 * 1024) + "\"}";
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));

    assertThat(alice.post(FAILOVERS, body).problem()).isEqualTo("400 /problems/body-too-large");
    assertThat(
            alice
                .with("Content-Type", "application/json")
                .send("POST", FAILOVERS, chunked)
                .problem())
        .isEqualTo("400 /problems/body-too-large");
  }

  @Test
  void keepsTheAnswerToManyUnknownFieldsShort() {
    var fields = new StringBuilder("{\"x\":1");
    for (var i = 0; i < 5_000; i++) {
      fields.append(",\"f").append(i).append("\":1");
    }

    assertThat(violations(alice.post(FAILOVERS, fields.append("}").toString()))).hasSize(23);
  }

  @Test
  void readsQueriesAsStrictlyAsBodies() {
    assertThat(
            alice
                .get(FAILOVERS + "?limit=200&cursor=" + PageCursor.text("tests", "here"))
                .http()
                .body())
        .contains("200", "here");
    assertThat(violations(alice.get(FAILOVERS + "?cursor=" + PageCursor.text("others", "here"))))
        .containsExactly(
            "cursor must be the nextCursor of an earlier page of this list; leave it out to start"
                + " anew");
    assertThat(violations(alice.get(FAILOVERS + "?limit=201&cursor=%00&mode=X&from=x&a=b&a=c")))
        .hasSize(5)
        .first()
        .isEqualTo("limit must be a number from 1 to 200, but is '201'");
    assertThat(violations(alice.get(FAILOVERS + "?limit=1&limit=2")))
        .containsExactly("limit must be given once, but is given 2 times");
  }

  @ParameterizedTest
  @ValueSource(strings = {"badly", "constraint"})
  void hidesWhatFailedButTellsWhereToFindIt(String how, CapturedOutput output) {
    var answer = alice.get("/v1/failovers/broken/" + how);

    assertThat(answer.problem()).isEqualTo("500 /problems/internal-error");
    assertThat(answer.http().body()).doesNotContain("secret");
    assertThat(output)
        .contains("Error " + answer.json().path("errorId").stringValue())
        .contains("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"database", "idle", "closed"})
  void asksToRepeatWhileTheDatabaseIsAway(String how) {
    var answer = alice.get("/v1/failovers/broken/" + how);

    assertThat(answer.problem()).isEqualTo("503 /problems/database-unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(answer.http().body()).doesNotContain("secret");
  }

  @Test
  void answersTheFrameworksRefusalsWithProblems() {
    assertThat(alice.get("/v1/failovers/a/b/c").problem()).isEqualTo("404 /problems/not-found");
    assertThat(alice.get("/v1/failovers/number?value=x").problem())
        .isEqualTo("400 /problems/invalid-request");
    assertThat(alice.get("/v1/failovers/number").problem())
        .isEqualTo("400 /problems/invalid-request");
    assertThat(alice.with("Accept", "text/html").get(FAILOVERS).problem())
        .isEqualTo("406 /problems/not-acceptable");
    assertThat(alice.get("/v1/failovers;a=b").problem()).isEqualTo("400 /problems/invalid-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/%00", "/a|b", "/a\\b", "//v1/failovers", "/v1/../x"})
  void answersAddressesThatTheContainerRefusesWithoutHtml(String path) throws Exception {
    var answer =
        alice.raw(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(path));

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "/problems/invalid-request");
  }

  @Test
  void refusesABodyThatBreaksOff() throws Exception {
    var answer =
        alice.raw(
            """
            POST /v1/failovers HTTP/1.1\r
            Host: localhost\r
            Authorization: %s\r
            Content-Type: application/json\r
            Transfer-Encoding: chunked\r
            \r
            nonsense\r
            """
                .formatted(alice.headers().get("Authorization")));

    assertThat(answer).startsWith("HTTP/1.1 400").contains("The request is not valid HTTP.");
  }

  private static List<String> violations(Caller.Answer answer) {
    return StreamSupport.stream(answer.json().path("violations").spliterator(), false)
        .map(it -> it.path("field").stringValue() + " " + it.path("message").stringValue())
        .toList();
  }
}
