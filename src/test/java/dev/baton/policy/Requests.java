package dev.baton.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Groups;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the tests ask for. */
final class Requests {
  static final Instant NOW = Instant.parse("2026-11-22T03:05:00Z");
  static final Region VIRGINIA = new Region("us-east-1");
  static final Region OREGON = new Region("us-west-2");
  static final Region IRELAND = new Region("eu-west-1");
  static final TargetLag UP_TO_DATE =
      new TargetLag.Measured(OREGON, Duration.ofMillis(400), NOW.minusSeconds(90));

  static final TargetReadiness READY =
      new TargetReadiness.Judged(OREGON, ReadinessLevel.READY, List.of());
  static final OtherFailovers NO_OTHERS = new OtherFailovers.Counted(0, Map.of(), Map.of());
  static final Requester ALICE =
      new Requester(
          new Actor("alice", Actor.Kind.PERSON), new Groups.Known(Set.of("sre", "payments")));

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

  static PolicyRequest switchoverBy(Groups groups) {
    return switchoverBy(new Requester(new Actor("alice", Actor.Kind.PERSON), groups));
  }

  static PolicyRequest switchoverBy(Requester requester) {
    return request(
        "ldgnf-sessions",
        FailoverMode.SWITCHOVER,
        Optional.of(VIRGINIA),
        Optional.empty(),
        Optional.empty(),
        requester,
        Set.of());
  }

  static PolicyRequest switchoverFrom(Optional<Region> source) {
    return request(
        "ldgnf-sessions",
        FailoverMode.SWITCHOVER,
        source,
        Optional.empty(),
        Optional.empty(),
        ALICE,
        Set.of());
  }

  static PolicyRequest switchoverExpecting(Region primary) {
    return request(
        "ldgnf-sessions",
        FailoverMode.SWITCHOVER,
        Optional.of(VIRGINIA),
        Optional.empty(),
        Optional.of(primary),
        ALICE,
        Set.of());
  }

  /** A switchover that sets these rules aside. */
  static PolicyRequest switchoverOverriding(String... overrides) {
    return request(
        "ldgnf-sessions",
        FailoverMode.SWITCHOVER,
        Optional.of(VIRGINIA),
        Optional.empty(),
        Optional.empty(),
        ALICE,
        Set.of(overrides));
  }

  /** A switchover that is to start later, or takes a failover back. */
  static PolicyRequest switchover(Optional<Instant> scheduledFor, Optional<Failback> failback) {
    var plain = switchover();
    return new PolicyRequest(
        plain.accountId(),
        plain.globalDatastoreId(),
        plain.mode(),
        plain.sourceRegion(),
        plain.targetRegion(),
        plain.reason(),
        plain.reference(),
        plain.expectedPrimaryRegion(),
        plain.acceptDataLoss(),
        plain.requester(),
        plain.overrides(),
        plain.approvals(),
        scheduledFor,
        failback);
  }

  static PolicyFacts neverPromoted() {
    return at(NOW);
  }

  static PolicyFacts at(Instant now) {
    return new PolicyFacts(now, Optional.empty(), Optional.empty(), UP_TO_DATE, READY, NO_OTHERS);
  }

  static PolicyFacts lagging(TargetLag lag) {
    return new PolicyFacts(NOW, Optional.empty(), Optional.empty(), lag, READY, NO_OTHERS);
  }

  static PolicyFacts judged(TargetReadiness readiness) {
    return new PolicyFacts(
        NOW, Optional.empty(), Optional.empty(), UP_TO_DATE, readiness, NO_OTHERS);
  }

  static PolicyFacts beside(OtherFailovers others) {
    return new PolicyFacts(NOW, Optional.empty(), Optional.empty(), UP_TO_DATE, READY, others);
  }

  static PolicyFacts promotedBefore(Duration ago) {
    return moved(Optional.of(NOW.minus(ago)), Optional.empty());
  }

  static PolicyFacts moved(Optional<Instant> byBaton, Optional<Instant> byPeople) {
    return new PolicyFacts(NOW, byBaton, byPeople, UP_TO_DATE, READY, NO_OTHERS);
  }

  private static PolicyRequest request(
      String globalDatastore, FailoverMode mode, Region target, Optional<String> reference) {
    return request(
            globalDatastore,
            mode,
            Optional.of(VIRGINIA),
            reference,
            Optional.empty(),
            ALICE,
            Set.of())
        .with(target);
  }

  private static PolicyRequest request(
      String globalDatastore,
      FailoverMode mode,
      Optional<Region> source,
      Optional<String> reference,
      Optional<Region> expectedPrimary,
      Requester requester,
      Set<String> overrides) {
    return new PolicyRequest(
        new AccountId("123456789012"),
        new GlobalDatastoreId(globalDatastore),
        mode,
        source,
        OREGON,
        "us-east-1 is being drained",
        reference,
        expectedPrimary,
        false,
        requester,
        overrides);
  }

  /** A policy with these rules, each of which begins with "- name:". */
  static PolicySet policy(String rules) {
    return new PolicySet(List.of(document(rules, "strict")));
  }

  static PolicyDocument document(String rules, String name) {
    return PolicyDocumentReader.read(
        text(rules).replace("name: strict", "name: " + name), "a test");
  }

  /** The text of a document with these rules. */
  static String text(String rules) {
    return """
    apiVersion: baton/v1
    kind: Policy
    metadata: {name: strict, version: 7}
    rules:
    """
        + rules.indent(2);
  }

  /** The only refusal among what the rules say. */
  static RuleResult onlyRefusal(String rules, PolicyRequest request, PolicyFacts facts) {
    var refusals = policy(rules).evaluate(request, facts).refusals();
    assertThat(refusals).hasSize(1);
    return refusals.getFirst();
  }
}
