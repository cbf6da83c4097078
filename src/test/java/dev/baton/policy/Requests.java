package dev.baton.policy;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the tests ask for. */
final class Requests {
  static final Instant NOW = Instant.parse("2026-11-22T03:05:00Z");
  static final Region VIRGINIA = new Region("us-east-1");
  static final Region OREGON = new Region("us-west-2");
  static final Region IRELAND = new Region("eu-west-1");
  static final TargetLag UP_TO_DATE =
      new TargetLag.Measured(OREGON, Duration.ofMillis(400), NOW.minusSeconds(90));

  private Requests() {}

  static PolicyRequest switchover() {
    return request("ldgnf-sessions", FailoverMode.SWITCHOVER, OREGON, Optional.empty());
  }

  static PolicyRequest failover() {
    return switchover().with(FailoverMode.FAILOVER);
  }

  static PolicyRequest switchoverOf(String globalDatastore) {
    return request(globalDatastore, FailoverMode.SWITCHOVER, OREGON, Optional.empty());
  }

  static PolicyRequest switchoverUnder(String reference) {
    return request("ldgnf-sessions", FailoverMode.SWITCHOVER, OREGON, Optional.of(reference));
  }

  static PolicyFacts neverPromoted() {
    return new PolicyFacts(NOW, Optional.empty(), UP_TO_DATE);
  }

  static PolicyFacts lagging(TargetLag lag) {
    return new PolicyFacts(NOW, Optional.empty(), lag);
  }

  static PolicyFacts promotedBefore(Duration ago) {
    return new PolicyFacts(NOW, Optional.of(NOW.minus(ago)), UP_TO_DATE);
  }

  private static PolicyRequest request(
      String globalDatastore, FailoverMode mode, Region target, Optional<String> reference) {
    return new PolicyRequest(
        new AccountId("123456789012"),
        new GlobalDatastoreId(globalDatastore),
        mode,
        Optional.of(VIRGINIA),
        target,
        reference);
  }

  /** A document with these rules, each of which begins with "- name:". */
  static PolicyDocument policy(String rules) {
    return PolicyDocumentReader.read(document(rules), "a test");
  }

  static String document(String rules) {
    return """
    apiVersion: baton/v1
    kind: Policy
    metadata: {name: strict, version: 7}
    rules:
    """
        + rules.indent(2);
  }
}
