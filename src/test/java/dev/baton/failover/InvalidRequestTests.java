package dev.baton.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.RunningBaton;
import dev.baton.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
            "mode", "DETACH",
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
        Arguments.of("mode", "DETACH", "must be one of SWITCHOVER, FAILOVER"),
        Arguments.of("mode", "switchover", "must be one of SWITCHOVER, FAILOVER"),
        Arguments.of("reason", "bell \u0007", ""),
        Arguments.of("reason", "two\nlines", ""),
        Arguments.of("reason", "   ", ""),
        Arguments.of("reason", "x".repeat(1001), "1000"),
        Arguments.of("reference", "x".repeat(256), "255"),
        Arguments.of("acceptDataLoss", "true", "must be true or false"),
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
  @ValueSource(
      strings = {"idempotencyKey", "dryRun", "scheduledFor", "overrides", "supersedes", "Reason"})
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
