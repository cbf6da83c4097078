package dev.baton.policy;

import static dev.baton.policy.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.FailoverMode;
import dev.baton.policy.pattern.Glob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentReaderTests {

  @Test
  void readsWhatStandsThere() {
    var read =
        PolicyDocumentReader.read(
            text(
                """
                - name: settle
                  match: {globalReplicationGroupIds: ["ldgnf-*"], modes: [SWITCHOVER]}
                  coolDown: P1DT1S
                """),
            "a test");
    assertThat(read)
        .isEqualTo(
            new PolicyDocument(
                "strict",
                7,
                Optional.empty(),
                Match.EVERYTHING,
                List.of(
                    new Rule(
                        "settle",
                        new Match(
                            List.of(new Glob("ldgnf-*")),
                            Set.of(),
                            List.of(new Glob("*")),
                            Set.of(FailoverMode.SWITCHOVER),
                            Set.of()),
                        true,
                        Enforcement.ENFORCE,
                        new CoolDown(Duration.ofDays(1).plusSeconds(1))))));
  }

  /** Each line: a rule's fields and the error they give, after its path. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "coolDwn: PT10M | rules[0].coolDwn (line 6): is not known here; allowed are name, match, overridable, enforcement, allowedTargetRegions, allowedModes, coolDown, maxReplicationLag, requireReference, requireExpectedPrimary, requireReadiness, freezeWindows, maxConcurrent, approvals, deny, require, allowUnknownLag, allowUnknownReadiness, remedy",
        "coolDwn: PT10M | rules[0] (line 5): must have exactly one of allowedTargetRegions, allowedModes, coolDown, maxReplicationLag, requireReference, requireExpectedPrimary, requireReadiness, freezeWindows, maxConcurrent, approvals, deny, require, but has none",
        "`coolDown: PT1M\n  allowedModes: [FAILOVER]` | rules[0] (line 5): must have exactly one of allowedTargetRegions, allowedModes, coolDown, maxReplicationLag, requireReference, requireExpectedPrimary, requireReadiness, freezeWindows, maxConcurrent, approvals, deny, require, but has allowedModes and coolDown",
        "coolDown: 10 minutes | rules[0].coolDown (line 6): must be an ISO-8601 duration above zero, at most 30 days, such as PT10M, but is '10 minutes'",
        "coolDown: PT0S | rules[0].coolDown (line 6): must be an ISO-8601 duration above zero, at most 30 days, such as PT10M, but is 'PT0S'",
        "coolDown: -PT1S | rules[0].coolDown (line 6): must be an ISO-8601 duration above zero, at most 30 days, such as PT10M, but is '-PT1S'",
        "coolDown: P30DT1S | rules[0].coolDown (line 6): must be an ISO-8601 duration above zero, at most 30 days, such as PT10M, but is 'P30DT1S'",
        "coolDown: [PT1M] | rules[0].coolDown (line 6): must be a single value, but is a list",
        "maxReplicationLag: 5 | rules[0].maxReplicationLag (line 6): must be an ISO-8601 duration above zero, at most 1 hour, such as PT5S, but is '5'",
        "maxReplicationLag: PT0S | rules[0].maxReplicationLag (line 6): must be an ISO-8601 duration above zero, at most 1 hour, such as PT5S, but is 'PT0S'",
        "maxReplicationLag: PT1H0.1S | rules[0].maxReplicationLag (line 6): must be an ISO-8601 duration above zero, at most 1 hour, such as PT5S, but is 'PT1H0.1S'",
        "`maxReplicationLag: PT5S\n  allowUnknownLag: yes` | rules[0].allowUnknownLag (line 7): must be true or false, but is 'yes'",
        "`maxReplicationLag: PT5S\n  allowUnknownLag: [true]` | rules[0].allowUnknownLag (line 7): must be a single value, but is a list",
        "`coolDown: PT5S\n  allowUnknownLag: true` | rules[0].allowUnknownLag (line 7): must stand beside maxReplicationLag, which this rule lacks",
        "allowedTargetRegions: [eu-west-1, Ireland] | rules[0].allowedTargetRegions[1] (line 6): must be the name of an AWS Region, such as eu-west-1, but is 'Ireland'",
        "allowedTargetRegions: ['EU-*'] | rules[0].allowedTargetRegions[0] (line 6): must be a Region such as eu-west-1, or a pattern for some with * or ?: eu-*, but is 'EU-*'",
        "allowedTargetRegions: eu-west-1 | rules[0].allowedTargetRegions (line 6): must be a list, but is 'eu-west-1'",
        "allowedTargetRegions: [] | rules[0].allowedTargetRegions (line 6): must name at least one value, but is an empty list",
        "allowedTargetRegions: | rules[0].allowedTargetRegions (line 6): must be a list, but is empty",
        "allowedTargetRegions: ['*', '*'] | rules[0].allowedTargetRegions (line 6): must name each value once, but is [*, *]",
        "allowedModes: [SWAP] | rules[0].allowedModes[0] (line 6): must be one of SWITCHOVER, FAILOVER, DETACH, but is 'SWAP'",
        "allowedModes: [failover] | rules[0].allowedModes[0] (line 6): must be one of SWITCHOVER, FAILOVER, DETACH, but is 'failover'",
        "requireReference: '[A-Z' | rules[0].requireReference (line 6): must be a pattern such as [A-Z]+-[0-9]+, but '[A-Z' has at character 1 a [ without its ]",
        "match: {globalReplicationGroupIds: ['a b*']} | rules[0].match.globalReplicationGroupIds[0] (line 6): must be the id of a Global datastore, or a pattern for some with * or ?: ldgnf-*, but is 'a b*'",
        "match: {region: [eu-west-1]} | rules[0].match.region (line 6): is not known here; allowed are globalReplicationGroupIds, accountIds, regions, modes, requesterGroups",
        "match: all | rules[0].match (line 6): must be a set of fields (globalReplicationGroupIds, accountIds, regions, modes, requesterGroups), but is 'all'",
        "name: again | rules[0].name (line 6): must stand here once, but stands in line 5 already; remove one of them",
        "coolDown: &ten PT10M | rules[0].coolDown (line 6): must be plain, but has the anchor &ten; anchors and aliases are not allowed",
        "coolDown: *ten | rules[0].coolDown (line 6): must be written out, but is the alias *ten; anchors and aliases are not allowed",
        "allowedModes: &modes [FAILOVER] | rules[0].allowedModes (line 6): must be plain, but has the anchor &modes; anchors and aliases are not allowed",
        "coolDown: !!str PT10M | rules[0].coolDown (line 6): must be plain, but has the tag tag:yaml.org,2002:str; tags are not allowed",
        "[a]: b | rules[0].(key) (line 6): must be a field's name, but is a list",
        "coolDown: ] | the document (line 6): must be YAML, but can't be read: "
      })
  void namesTheErrorAndItsPath(String field, String error) {
    assertThatThrownBy(() -> PolicyDocumentReader.read(text("- name: one\n  " + field), "a test"))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("- " + error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "apiVersion: baton/v2 | apiVersion (line 1): must be baton/v1, but is 'baton/v2'",
        "kind: Policies | kind (line 1): must be Policy, but is 'Policies'",
        "metadata: {name: Strict} | metadata.name (line 1): must be a name of 1 to 63 characters of a-z, 0-9 and -, but is 'Strict'",
        "metadata: {version: 0} | metadata.version (line 1): must be a whole number from 1 to 999999999, but is '0'",
        "metadata: {labels: a} | metadata.labels (line 1): is not known here; allowed are name, version, comment",
        "rules: none | rules (line 1): must be a list, but is 'none'",
        "rules: [none] | rules[0] (line 1): must be a set of fields (name, match, overridable, enforcement, allowedTargetRegions, allowedModes, coolDown, maxReplicationLag, requireReference, requireExpectedPrimary, requireReadiness, freezeWindows, maxConcurrent, approvals, deny, require, allowUnknownLag, allowUnknownReadiness, remedy), but is 'none'",
        "rules: [{allowedModes: [FAILOVER]}] | rules[0] (line 1): must have the field name, but lacks it",
        "owner: me | owner (line 1): is not known here; allowed are apiVersion, kind, metadata, match, rules",
        "a: 1 | the document (line 1): must have the field rules, but lacks it",
        "policy | the document (line 1): must be a set of fields (apiVersion, kind, metadata, match, rules), but is 'policy'",
        "`` | the document (line 1): must hold a policy, but is empty",
        "`--- a\n--- b` | the document (line 2): must be one document, but another one begins here behind ---",
      })
  void namesWhatIsWrongAroundTheRules(String text, String error) {
    assertThatThrownBy(() -> PolicyDocumentReader.read(text, "a test"))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("- " + error);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    var document =
        text(
            """
            - name: one
              coolDown: soon
            - name: one
              allowedModes: [SWAP]
              surprise: yes
            """);
    assertThatThrownBy(() -> PolicyDocumentReader.read(document, "file [x.yaml]"))
        .hasMessage(
            """
            The policy in file [x.yaml] can't be used:
              - rules[0].coolDown (line 6): must be an ISO-8601 duration above zero, at most 30 days,\
             such as PT10M, but is 'soon'
              - rules[1].surprise (line 9): is not known here; allowed are name, match,\
             overridable, enforcement, allowedTargetRegions, allowedModes, coolDown,\
             maxReplicationLag, requireReference, requireExpectedPrimary, requireReadiness,\
             freezeWindows, maxConcurrent, approvals, deny, require, allowUnknownLag,\
             allowUnknownReadiness, remedy
              - rules[1].name (line 7): must differ from the other rules' names, but\
             rules[0].name (line 5) is 'one' too
              - rules[1].allowedModes[0] (line 8): must be one of SWITCHOVER, FAILOVER, DETACH, but is\
             'SWAP'\
            """);
  }

  @Test
  void refusesToBeNestedWithoutEnd() {
    assertThatThrownBy(() -> PolicyDocumentReader.read("[".repeat(100_000), "a test"))
        .hasMessageContaining("it is nested more than 20 levels deep");
  }
}
