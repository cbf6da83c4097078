package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@BatonTest
class InvalidRequestTests {
  @Autowired private RunningBaton baton;

  @Test
  void namesEveryViolationAtOnce() {
    var body =
        Map.of(
            "targetRegion", "us-north-9",
            "mode", "SWAP",
            "reason", "",
            "acceptDataLoss", "yes",
            "startBefore", "tomorrow",
            "dryRun", true);

    var answer = baton.ask(new Ask(Map.copyOf(body)));

    assertThat(violations(answer))
        .containsExactlyInAnyOrder(
            "globalReplicationGroupId",
            "targetRegion",
            "mode",
            "reason",
            "acceptDataLoss",
            "startBefore",
            "dryRun");
    assertThat(answer.detail()).isEqualTo("The request has 7 violations.");
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
        Arguments.of("globalReplicationGroupId", "no id!", "must be the id of a Global datastore"),
        Arguments.of("globalReplicationGroupId", 7, "must be a string"),
        Arguments.of("targetRegion", "Oregon", "must be the name of an AWS Region"),
        Arguments.of("targetRegion", "ap-south-1", "us-east-1, us-west-2, eu-west-1"),
        Arguments.of("expectedPrimaryRegion", "ap-south-1", "us-east-1, us-west-2, eu-west-1"),
        Arguments.of("targetReplicationGroupId", "-", "must be the id of a replication group"),
        Arguments.of("mode", "SWAP", "must be one of SWITCHOVER, FAILOVER, DETACH"),
        Arguments.of("mode", "switchover", "must be one of SWITCHOVER, FAILOVER"),
        Arguments.of("reason", "bell \u0007", ""),
        Arguments.of("reason", "two\nlines", ""),
        Arguments.of("reason", "   ", ""),
        Arguments.of("reason", "x".repeat(1001), "1000"),
        Arguments.of("reference", "x".repeat(256), "255"),
        Arguments.of("acceptDataLoss", "true", "must be true or false"),
        Arguments.of("supersedes", "x", "must be the id of a failover"),
        Arguments.of("startBefore", "2026-01-01T00:00:00", "must be an instant"),
        Arguments.of("startBefore", "2020-01-01T00:00:00Z", "must lie ahead"));
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void refusesAWrongValueAndSaysWhatIsRight(String field, Object value, String words) {
    var datastore = baton.datastore();

    var answer = baton.ask(Ask.switchover(datastore).with(field, value));

    assertThat(violations(answer)).containsExactly(field);
    assertThat(message(answer)).contains(words).doesNotContain("\u0007", "\n");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"idempotencyKey", "dryRun", "evacuationId", "approvals", "Reason"})
  void refusesAFieldItDoesNotKnow(String field) {
    var datastore = baton.datastore();

    var answer = baton.ask(Ask.switchover(datastore).with(field, "x"));

    assertThat(violations(answer)).containsExactly(field);
    assertThat(message(answer))
        .startsWith("unknown field; allowed: accountId, globalReplicationGroupId");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void takesTheOneAccountThatIsServedAndNoOther() {
    var ask = Ask.switchover(baton.datastore());

    var answer = baton.ask(ask.with("accountId", "999999999999"));

    assertThat(violations(answer)).containsExactly("accountId");
    assertThat(message(answer)).isEqualTo("must be 000000000000, but is '999999999999'");
    baton.awaitEnd(baton.accepted(ask.with("accountId", "000000000000")), "SUCCEEDED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "TRUE", "", "true&dryRun=true"})
  void refusesADryRunThatMayNotBeMeant(String wanted) {
    var datastore = baton.datastore();

    var answer =
        baton.alice().post("/v1/failovers?dryRun=" + wanted, Ask.switchover(datastore).json());

    assertThat(violations(answer)).containsExactly("dryRun");
    assertThat(baton.calls(datastore)).isEmpty();
  }

  @Test
  void demandsConsentToTheLossOfData() {
    var answer = baton.ask(Ask.failover(baton.datastore()).without("acceptDataLoss"));

    assertThat(violations(answer)).containsExactly("acceptDataLoss");
    assertThat(message(answer)).contains("not yet replicated are lost");
  }

  @Test
  void refusesARegionWithoutAMember() {
    var profiles = baton.ask(Ask.switchover("sgaui-profiles").to(RunningBaton.VIRGINIA));

    assertThat(violations(profiles)).containsExactly("targetRegion");
    assertThat(message(profiles)).contains("us-west-2", "eu-west-1", "but is us-east-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        "{} {}",
        "{\"reason\": \"a\", \"reason\": \"b\"}",
        "{'reason': 'a'}",
        "{\"reason\": NaN}"
      })
  void refusesABodyThatIsNotOneJsonObject(String body) {
    assertThat(baton.alice().post("/v1/failovers", body).problem())
        .isEqualTo("400 /problems/malformed-body");
  }

  @Test
  void refusesABodyOfMoreThan64KiB() {
    var body = Ask.switchover(baton.datastore()).with("reason", "x".repeat(65_536)).json();

    assertThat(baton.alice().post("/v1/failovers", body).problem())
        .isEqualTo("400 /problems/body-too-large");
  }

  static Stream<Arguments> hostileBodies() {
    var right = Ask.switchover("ldgnf-hostile").json();
    return Stream.of(
        hostile("UTF-16 with a mark", right.getBytes(StandardCharsets.UTF_16)),
        hostile("UTF-16LE", right.getBytes(StandardCharsets.UTF_16LE)),
        hostile("UTF-32", right.getBytes(Charset.forName("UTF-32"))),
        hostile("Latin 1", reason("Gr\u00fc\u00dfe").getBytes(StandardCharsets.ISO_8859_1)),
        hostile("an overlong form", reason("\u00c0\u00af").getBytes(StandardCharsets.ISO_8859_1)),
        hostile("half a character", reason("\u00c3").getBytes(StandardCharsets.ISO_8859_1)),
        hostile("a byte order mark", ("\ufeff" + right).getBytes(StandardCharsets.UTF_8)),
        hostile("compressed, and not said to be", zipped(right)),
        hostile("10,000 arrays", nested("[", "]")),
        hostile("10,000 objects", nested("{\"a\":", "}")),
        hostile("a field twice", with("\"reason\": \"twice\", ")),
        hostile("a field of a field twice", with("\"x\": {\"a\": 1, \"a\": 2}, ")),
        hostile("a field twice, once escaped", with("\"\\u0072eason\": 1, ")),
        hostile("another object behind", right + right),
        hostile("a comma behind", right + ","),
        hostile("a zero byte behind", right + "\u0000"),
        hostile("a comment", right + " // really"),
        hostile("a number of 60,000 digits", with("\"x\": " + "9".repeat(60_000) + ", ")),
        hostile("no number", with("\"x\": -Infinity, ")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileBodies")
  void refusesABodyThatIsNoJsonInUtf8(String what, byte[] body) {
    for (var key : List.of("", UUID.randomUUID().toString())) {
      var caller = baton.alice().with("Content-Type", "application/json");
      var answer =
          (key.isEmpty() ? caller : caller.with("Idempotency-Key", key))
              .send("POST", "/v1/failovers", BodyPublishers.ofByteArray(body));

      assertThat(answer.problem()).isEqualTo("400 /problems/malformed-body");
    }
  }

  /** A number may be as large as it likes where none is expected: it is refused unread. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "-1e400",
        "1e999999",
        "1e999999999999",
        "123456789012345678901234567890",
        "0.1e-9999"
      })
  void refusesANumberForAText(String number) {
    var body =
        Ask.switchover("ldgnf-hostile")
            .json()
            .replaceFirst("\"reason\":\"[^\"]*\"", "\"reason\":" + number);

    for (var caller :
        List.of(
            baton.alice(), baton.alice().with("Idempotency-Key", UUID.randomUUID().toString()))) {
      var answer = caller.post("/v1/failovers", body);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.problem()).startsWith("400 /problems/");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Encoding, gzip",
    "Content-Encoding, deflate",
    "Content-Encoding, br",
    "Content-Encoding, 'gzip, identity'",
    "Content-Type, application/json; charset=utf-16",
    "Content-Type, application/json; charset=iso-8859-1",
    "Content-Type, application/json; charset=us-ascii",
    "Content-Type, multipart/form-data; boundary=x"
  })
  void refusesABodyThatIsSaidToBeOtherThanJsonInUtf8(String header, String value) {
    var answer =
        baton
            .alice()
            .with("Content-Type", "application/json")
            .with(header, value)
            .send(
                "POST",
                "/v1/failovers",
                BodyPublishers.ofByteArray(zipped(Ask.switchover("ldgnf-hostile").json())));

    assertThat(answer.problem()).isEqualTo("415 /problems/unsupported-media-type");
  }

  /** A right body with more at its begin. */
  private static String with(String fields) {
    return "{" + fields + Ask.switchover("ldgnf-hostile").json().substring(1);
  }

  private static Arguments hostile(String what, String body) {
    return hostile(what, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Arguments hostile(String what, byte[] body) {
    return Arguments.of(what, body);
  }

  private static String reason(String reason) {
    return Ask.switchover("ldgnf-hostile").with("reason", reason).json();
  }

  private static String nested(String open, String close) {
    return "{\"reason\": " + open.repeat(10_000) + "1" + close.repeat(10_000) + "}";
  }

  private static byte[] zipped(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<String> violations(Caller.Answer answer) {
    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
    return answer
        .json()
        .path("violations")
        .valueStream()
        .map(violation -> violation.path("field").stringValue())
        .toList();
  }

  private static String message(Caller.Answer answer) {
    return answer.json().path("violations").get(0).path("message").stringValue();
  }
}
