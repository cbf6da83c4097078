package dev.baton.policy.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTests {
  private static final Map<String, Object> VALUES =
      Map.of(
          "request",
          Map.of(
              "mode", "SWITCHOVER",
              "reason", "drill",
              "reference", "",
              "expectedPrimaryRegion", "us-east-1",
              "acceptDataLoss", false),
          "datastore",
          Map.of(
              "globalReplicationGroupId", "ldgnf-sessions",
              "accountId", "123456789012",
              "primaryRegion", "us-east-1"),
          "target",
          Map.of("region", "us-west-2", "readiness", "READY", "readinessReasons", List.of()),
          "lag",
          Map.of("known", false),
          "requester",
          Map.of("subject", "alice", "kind", "PERSON", "groups", List.of("sre", "payments")),
          "now",
          Instant.parse("2026-11-22T03:05:00Z"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "request.mode == 'SWITCHOVER' ~ true",
        "request.reason.contains('drill') && request.reference == '' ~ true",
        "request.expectedPrimaryRegion == datastore.primaryRegion ~ true",
        "request.acceptDataLoss ~ false",
        "datastore.globalReplicationGroupId.endsWith('-sessions') ~ true",
        "datastore.accountId in ['123456789012', '210987654321'] ~ true",
        "target.region.startsWith('eu-') ~ false",
        "target.readiness == 'READY' && size(target.readinessReasons) == 0 ~ true",
        "lag.known ~ false",
        "lag.known && lag.seconds > 5 ~ false",
        "has(lag.seconds) ~ false",
        "requester.groups.exists(group, group == 'sre') ~ true",
        "requester.groups.all(group, group.matches('^[a-z]+$')) ~ true",
        "requester.subject == 'bob' || requester.kind == 'SERVICE' ~ false",
        "now.getHours('Europe/Berlin') == 4 ~ true",
        "now - timestamp('2026-11-22T03:00:00Z') == duration('5m') ~ true",
        "requester.groups.map(group, group + '!').filter(it, it == 'sre!').size() == 1 ~ true",
        "{'a': 1}['a'] == 1 ? true : false ~ true",
        "request.mode == 'SWITCHOVER' || lag.seconds > 5 ~ true",
      })
  void isTrueOrFalse(String source, boolean expected) {
    assertThat(new Condition(source).ask(VALUES)).isEqualTo(new Answer.Truth(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lag.seconds < 5.0 | key 'seconds' is not present in map.",
        "requester.groups[7] == 'sre' | Index out of bounds: 7",
        "now.getHours('Europe/Nowhere') == 4 | Unknown time-zone ID: Europe/Nowhere",
        "1 / int(request.reference) == 1 | ",
      })
  void hasNoAnswerRatherThanAWrongOne(String source, String why) {
    assertThat(new Condition(source).ask(VALUES))
        .isInstanceOfSatisfying(
            Answer.None.class, none -> assertThat(none.why()).contains(why == null ? "" : why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "request.mod == 'FAILOVER' | line 1, character 8: undefined field 'mod'",
        "requests.mode == 'FAILOVER' | line 1, character 1: undeclared reference to 'requests'",
        "request.mode == | line 1, character 16: ",
        "request.acceptDataLoss == 'true' | line 1, character 24: found no matching overload",
        "request.reason.matches('(') | line 1, character 24: Regex validation failed.",
        "timestamp('today') < now | character 11: timestamp validation failed.",
      })
  void refusesWhatDoesNotCompileAndSaysWhere(String source, String why) {
    assertThatThrownBy(() -> new Condition(source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be a CEL expression, but '")
        .hasMessageContaining("can't be read: ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"request.mode | string", "1 + 1 | int", "dyn(true) | dyn", "[true] | list"})
  void refusesWhatIsNotTrueOrFalse(String source, String type) {
    assertThatThrownBy(() -> new Condition(source))
        .hasMessage("must be true or false, but '%s' is of type %s", source, type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requester.groups.all(a, requester.groups.all(b, requester.groups.all(c, a + b == c)))",
        "[request.reason + request.reason].map(a, a + a + a + a).map(a, a + a + a + a)"
            + ".map(a, a + a + a + a).map(a, a + a + a + a).map(a, a + a + a + a).size() == 1",
        "(request.reason + request.reason).contains(request.reason + request.reason)",
        "requester.groups.all(a, request.reason.contains(a) && request.reference.contains(a))",
      })
  void refusesWhatMayTakeTooManySteps(String source) {
    assertThatThrownBy(() -> new Condition(source))
        .hasMessageStartingWith("must take at most 200000 steps, but '")
        .hasMessageEndingWith("' can take more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requester.groups.exists(a, [\"sre\", \"dba\", \"payments\"].exists(b, a == b))",
        "requester.groups.exists(a, a in [\"sre\", \"dba\", \"payments\"])",
        "request.reason.matches(\"(?i)^(drill|exercise)( .*)?$\")",
        "requester.groups.filter(a, a.startsWith(\"oncall-\")).size() > 0",
      })
  void letsUsualOnesBe(String source) {
    assertThat(new Condition(source).ask(VALUES)).isInstanceOf(Answer.Truth.class);
  }

  @Test
  void refusesToMakeObjects() {
    assertThatThrownBy(() -> new Condition("baton.lag{known: true}.known"))
        .hasMessage("must not make an object such as request{…}");
  }

  @Test
  void refusesToBeLongOrDeep() {
    assertThat(new Condition("true" + " ".repeat(1996)).ask(VALUES))
        .isEqualTo(new Answer.Truth(true));
    assertThatThrownBy(() -> new Condition("true" + " ".repeat(1997)))
        .hasMessage("must be a CEL expression of at most 2000 characters, but has 2001");
    assertThatThrownBy(() -> new Condition("(".repeat(500) + "true" + ")".repeat(500)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("recursion");
  }

  @Test
  void knowsWhatItLooksAt() {
    assertThat(new Condition("lag.known && request.mode == 'FAILOVER'").variables())
        .containsExactlyInAnyOrder("lag", "request");
    assertThat(new Condition("requester.groups.exists(lag, lag == 'a')").variables())
        .contains("requester");
    assertThat(new Condition("true").variables()).isEmpty();
  }
}
