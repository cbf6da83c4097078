package dev.baton.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader, the published schema and the documentation say the same. */
class PolicyExamplesTests {
  private static final Path MAIN = Path.of("src", "main", "resources");
  private static final Path DOCUMENTATION = Path.of("docs", "policy.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml (policy|rule)\n(.*?)```", Pattern.DOTALL);
  private static final Schema SCHEMA = schema();

  static Stream<String> examples() throws IOException {
    var documented =
        EXAMPLE
            .matcher(Files.readString(DOCUMENTATION))
            .results()
            .map(it -> it.group(1).equals("rule") ? Requests.text(it.group(2)) : it.group(2));
    return Stream.concat(documented, Stream.of(Files.readString(MAIN.resolve("policy.yaml"))));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void areRightForBothReaderAndSchema(String example) {
    assertThat(PolicyDocumentReader.read(example, "an example").rules()).isNotEmpty();
    assertThat(errors(example)).isEmpty();
  }

  @Test
  void showEveryKindOfRule() throws IOException {
    assertThat(examples().flatMap(String::lines).map(String::strip))
        .map(line -> line.replaceAll(":.*", ""))
        .containsAll(DemandReader.NAMES)
        .containsAll(DemandReader.COMPANIONS.keySet());
    assertThat(Files.readString(DOCUMENTATION))
        .contains(Stream.of(RuleOutcome.values()).map("| `%s` |"::formatted).toList())
        .contains("`globalReplicationGroupIds`", "`accountIds`", "`regions`", "`requesterGroups`");
  }

  /** The fields of a rule, each wrong. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "coolDwn: PT10M",
        "match: {}",
        "coolDown: PT1M\n  allowedModes: [FAILOVER]",
        "coolDown: 10 minutes",
        "coolDown: [PT1M]",
        "coolDown: PT",
        "coolDown: P",
        "coolDown: PT5S\n  allowUnknownLag: true",
        "maxReplicationLag: PT5S\n  allowUnknownLag: maybe",
        "maxReplicationLag: 5",
        "allowedTargetRegions: []",
        "allowedTargetRegions: [Ireland]",
        "allowedTargetRegions: ['EU-*']",
        "allowedTargetRegions: ['*', '*']",
        "allowedTargetRegions: eu-west-1",
        "allowedModes: [SWAP]",
        "requireReference: ''",
        "requireExpectedPrimary: false",
        "requireReadiness: BLOCKED",
        "requireReadiness: READY\n  allowUnknownLag: true",
        "freezeWindows: []",
        "freezeWindows: [{from: 2026-01-01T00:00, to: 2026-01-02T00:00}]",
        "freezeWindows: [{from: 2026-01-01T00:00, zone: UTC}]",
        "freezeWindows: [{from: 2026-01-01T00:00, to: 2026-01-02T00:00, duration: P1D, zone: UTC}]",
        "freezeWindows: [{from: 2026-01-01, to: 2026-01-02, zone: UTC}]",
        "freezeWindows: [{from: 2026-01-01T00:00Z, to: 2026-01-02T00:00, zone: UTC}]",
        "freezeWindows: [{start: 2026-01-01T00:00, rrule: FREQ=HOURLY, duration: PT1H, zone: UTC}]",
        "freezeWindows: [{from: 2026-01-01T00:00, to: 2026-01-02T00:00, zone: UTC, why: so}]",
        "freezeWindows: [{from: 2026-01-01T00:00, to: 2026-01-02T00:00, zone: UTC, reason: ' '}]",
        "maxConcurrent: {}",
        "maxConcurrent: {inAccount: 0}",
        "maxConcurrent: {perDay: 1}",
        "approvals: {required: 1, from: [sre]}",
        "approvals: {required: 11, from: [sre], expiresAfter: PT1H}",
        "approvals: {required: 1, from: [], expiresAfter: PT1H}",
        "deny: ''",
        "coolDown: PT1M\n  remedy: Wait.",
        "overridable: maybe\n  coolDown: PT1M",
        "enforcement: OFF\n  coolDown: PT1M",
        "match: {region: [eu-west-1]}\n  coolDown: PT1M",
        "match: {accountIds: ['12']}\n  coolDown: PT1M",
        "match: {globalReplicationGroupIds: ['a b']}\n  coolDown: PT1M",
        "match: {modes: []}\n  coolDown: PT1M",
        "match: {requesterGroups: ['']}\n  coolDown: PT1M"
      })
  void areWrongForBothReaderAndSchema(String fields) {
    areWrongDocumentsForBoth(Requests.text("- name: one\n  " + fields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: baton/v2, kind: Policy, metadata: {name: a}, rules: []}",
        "{apiVersion: baton/v1, kind: Policies, metadata: {name: a}, rules: []}",
        "{apiVersion: baton/v1, kind: Policy, metadata: {name: A}, rules: []}",
        "{apiVersion: baton/v1, kind: Policy, metadata: {version: 1}, rules: []}",
        "{apiVersion: baton/v1, kind: Policy, metadata: {name: a, version: 0}, rules: []}",
        "{apiVersion: baton/v1, kind: Policy, metadata: {name: a, labels: b}, rules: []}",
        "{apiVersion: baton/v1, kind: Policy, metadata: {name: a}}",
        "{apiVersion: baton/v1, kind: Policy, metadata: {name: a}, rules: {}}",
        "{apiVersion: baton/v1, kind: Policy, metadata: {name: a}, rules: [], owner: me}",
        "{apiVersion: baton/v1, kind: Policy, metadata: {name: a}, match: all, rules: []}",
        "{apiVersion: baton/v1, kind: Policy, metadata: {name: a}, rules: [{coolDown: PT1M}]}",
        "[]"
      })
  void areWrongDocumentsForBoth(String document) {
    assertThatThrownBy(() -> PolicyDocumentReader.read(document, "an example"))
        .isInstanceOf(InvalidPolicyException.class);
    assertThat(errors(document)).isNotEmpty();
  }

  private static List<Error> errors(String document) {
    return SCHEMA.validate(document, InputFormat.YAML);
  }

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(
              Files.readString(
                  MAIN.resolve(Path.of("dev", "baton", "policy", "policy.schema.json"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
