package dev.baton.policy;

import static dev.baton.policy.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.AccountId;
import dev.baton.policy.document.DocumentError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFieldsTests {
  private static final String CLOCK =
      "must be what the zone's clock shows, from the year 2000 up to 2099 and without an offset,"
          + " such as 2026-11-26T18:00, but is ";

  /** Each line: a rule's fields and the error they give, after its path. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "overridable: no ~ overridable (line 6): must be true or false, but is 'no'",
        "enforcement: OFF ~ enforcement (line 6): must be one of ENFORCE, WARN, but is 'OFF'",
        "requireExpectedPrimary: false ~ requireExpectedPrimary (line 6): must be true, but is 'false'",
        "requireReadiness: BLOCKED ~ requireReadiness (line 6): must be READY or ATTENTION (which lets READY pass too), but is 'BLOCKED'",
        "`coolDown: PT1M\n  allowUnknownReadiness: true` ~ allowUnknownReadiness (line 7): must stand beside requireReadiness, which this rule lacks",
        "`coolDown: PT1M\n  remedy: Wait.` ~ remedy (line 7): must stand beside deny or require, which this rule lacks",
        "`deny: 'true'\n  remedy: ''` ~ remedy (line 7): must be a text of 1 to 500 characters on one line, but is ''",
        "deny: request.mod == 'A' ~ deny (line 6): must be a CEL expression, but 'request.mod == 'A'' can't be read: line 1, character 8: undefined field 'mod'",
        "require: request.mode ~ require (line 6): must be true or false, but 'request.mode' is of type string",
        "maxConcurrent: {} ~ maxConcurrent (line 6): must have at least one of inAccount, fromSourceRegion, toTargetRegion, but has none",
        "maxConcurrent: {inAccount: 0} ~ maxConcurrent.inAccount (line 6): must be a whole number from 1 to 10000, but is '0'",
        "maxConcurrent: {toTargetRegion: 10001} ~ maxConcurrent.toTargetRegion (line 6): must be a whole number from 1 to 10000, but is '10001'",
        "maxConcurrent: {perDay: 1} ~ maxConcurrent.perDay (line 6): is not known here; allowed are inAccount, fromSourceRegion, toTargetRegion",
        "maxConcurrent: 3 ~ maxConcurrent (line 6): must be a set of fields (inAccount, fromSourceRegion, toTargetRegion), but is '3'",
        "approvals: {required: 1, from: [sre]} ~ approvals (line 6): must have the field expiresAfter, but lacks it",
        "approvals: {required: 11, from: [sre], expiresAfter: PT1H} ~ approvals.required (line 6): must be a whole number from 1 to 10, but is '11'",
        "approvals: {required: 1, from: [], expiresAfter: PT1H} ~ approvals.from (line 6): must name at least one value, but is an empty list",
        "approvals: {required: 1, from: [sre], expiresAfter: P8D} ~ approvals.expiresAfter (line 6): must be an ISO-8601 duration above zero, at most 7 days, such as PT1H, but is 'P8D'",
        "freezeWindows: [] ~ freezeWindows (line 6): must name at least one window, but is an empty list",
        "freezeWindows: [soon] ~ freezeWindows[0] (line 6): must be a set of fields (from, to, start, rrule, duration, zone, reason), but is 'soon'",
        "freezeWindows: [{from: 2026-01-01T00:00, to: 2026-01-02T00:00}] ~ freezeWindows[0] (line 6): must have the field zone, but lacks it",
        "freezeWindows: [{from: 2026-01-01T00:00, zone: UTC}] ~ freezeWindows[0] (line 6): must have the field to, but lacks it",
        "freezeWindows: [{zone: UTC}] ~ freezeWindows[0] (line 6): must have either from and to, or start, rrule and duration, but has neither",
        "freezeWindows: [{from: 2026-01-01T00:00, duration: P1D, zone: UTC}] ~ freezeWindows[0] (line 6): must have either from and to, or start, rrule and duration, but has both",
        "freezeWindows: [{from: 2026-01-02T00:00, to: 2026-01-01T00:00, zone: UTC}] ~ freezeWindows[0].to (line 6): must be after the window begins, at 2026-01-02T00:00, but is 2026-01-01T00:00",
        "freezeWindows: [{from: 2026-01-01T00:00, to: 2026-01-02T00:00, zone: Europe/Berlln}] ~ freezeWindows[0].zone (line 6): must be the IANA name of a time zone, such as Europe/Berlin or UTC, but is 'Europe/Berlln'",
        "freezeWindows: [{from: 2026-01-01T00:00, to: 2026-01-02T00:00, zone: '+02:00'}] ~ freezeWindows[0].zone (line 6): must be the IANA name of a time zone, such as Europe/Berlin or UTC, but is '+02:00'",
        "freezeWindows: [{start: 2026-01-01T00:00, rrule: FREQ=HOURLY, duration: PT1H, zone: UTC}] ~ freezeWindows[0].rrule (line 6): must have a FREQ of DAILY, WEEKLY, MONTHLY or YEARLY, but is 'FREQ=HOURLY'",
        "freezeWindows: [{start: 2026-01-01T00:00, rrule: FREQ=DAILY, duration: 1h, zone: UTC}] ~ freezeWindows[0].duration (line 6): must be an ISO-8601 duration above zero, at most 366 days, such as PT8H or P2DT12H, but is '1h'",
        "`freezeWindows: [{from: 2026-01-01T00:00, to: 2026-01-02T00:00, zone: UTC, reason: ''}]` ~ freezeWindows[0].reason (line 6): must be a text of 1 to 200 characters on one line, but is ''",
        "match: {accountIds: [12]} ~ match.accountIds[0] (line 6): must be the twelve digits of an AWS account, but is '12'",
        "match: {regions: [Europe]} ~ match.regions[0] (line 6): must be the name of an AWS Region, such as eu-west-1, but is 'Europe'",
        "match: {requesterGroups: []} ~ match.requesterGroups (line 6): must name at least one value, but is an empty list",
      })
  void namesTheErrorAndItsPath(String field, String error) {
    assertThat(errors("- name: one\n  " + field)).contains("rules[0]." + error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01",
        "1999-12-31T23:59",
        "2100-01-01T00:00",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:00.5",
        "2026-02-30T00:00"
      })
  void refusesATimeThatNoClockShows(String time) {
    var window = "{from: %s, to: 2099-01-02T00:00, zone: UTC}".formatted(time);
    assertThat(errors("- name: one\n  freezeWindows: [%s]".formatted(window)))
        .containsExactly("rules[0].freezeWindows[0].from (line 6): " + CLOCK + "'" + time + "'");
  }

  @Test
  void tellsAllThatIsWrongWithAWindowAtOnce() {
    assertThat(
            errors(
                "- name: one\n  freezeWindows: [{start: today, rrule: FREQ=DAILY, duration: 1h, zone: CET2}]"))
        .hasSize(3);
  }

  @Test
  void takesBoundsAsTheyAre() {
    var rules =
        """
        - name: one
          approvals: {required: 10, from: [sre], expiresAfter: P7D}
        - name: two
          maxConcurrent: {inAccount: 10000}
        - name: three
          freezeWindows: [{from: 2000-01-01T00:00, to: 2099-12-31T23:59:59, zone: UTC}]
        - name: four
          deny: "false"
          remedy: %s
        """
            .formatted("x".repeat(500));
    assertThat(PolicyDocumentReader.read(text(rules), "a test").rules()).hasSize(4);
    assertThat(errors(rules.replace("xxx", "xxxx"))).hasSize(1);
  }

  @Test
  void readsJson() {
    var json =
        """
        {
        \t"apiVersion": "baton/v1",
        \t"kind": "Policy",
        \t"metadata": {"name": "from-json", "version": 3, "comment": "caf\\u00e9 \\/ bar"},
        \t"match": {"accountIds": ["123456789012"]},
        \t"rules": [{"name": "one", "overridable": false, "coolDown": "PT10M"}]
        }
        """;
    var document = PolicyDocumentReader.read(json, "a test");
    assertThat(document.comment()).contains("café / bar");
    assertThat(document.version()).isEqualTo(3);
    assertThat(document.match().accountIds()).containsExactly(new AccountId("123456789012"));
    assertThat(document.rules()).hasSize(1);
    assertThat(document.rules().getFirst().isOverridable()).isFalse();
  }

  @Test
  void namesThePathInJsonToo() {
    var json = "{\"apiVersion\": \"baton/v1\", \"kind\": \"Policy\", \"kind\": \"Policy\"}";
    assertThatThrownBy(() -> PolicyDocumentReader.read(json, "a test"))
        .hasMessageContaining("kind (line 1): must stand here once, but stands in line 1 already");
  }

  @Test
  void refusesADocumentOfMoreThan256Kibibytes() {
    var padding = "#".repeat(256 * 1024 - text("[]").length());
    assertThat(PolicyDocumentReader.read(text("[]") + padding, "a test").rules()).isEmpty();
    assertThatThrownBy(() -> PolicyDocumentReader.read(text("[]") + padding + "#", "a test"))
        .hasMessageContaining("must have at most 262144 bytes (256 KiB), but has more");
    assertThatThrownBy(
            () -> PolicyDocumentReader.read(text("[]") + padding.substring(1) + "é", "a test"))
        .as("bytes, not characters")
        .hasMessageContaining("256 KiB");
  }

  @Test
  void refusesAYamlBomb() {
    var bomb =
        """
        a: &a [x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b]
        """;
    assertThatThrownBy(() -> PolicyDocumentReader.read(bomb, "a test"))
        .hasMessageContaining("b[5] (line 2): must be written out, but is the alias *a");
  }

  @Test
  void judgesByAThousandPolicies() {
    var documents = new java.util.ArrayList<PolicyDocument>();
    for (int number = 0; number < 1000; number++) {
      documents.add(Requests.document("- name: one\n  coolDown: PT10M\n", "policy-" + number));
    }
    assertThat(
            new PolicySet(documents)
                .evaluate(Requests.switchover(), Requests.promotedBefore(java.time.Duration.ZERO))
                .refusals())
        .hasSize(1000);
  }

  private static List<String> errors(String rules) {
    try {
      PolicyDocumentReader.read(text(rules), "a test");
      return List.of();
    } catch (InvalidPolicyException wrong) {
      return wrong.errors().stream().map(DocumentError::toString).toList();
    }
  }
}
