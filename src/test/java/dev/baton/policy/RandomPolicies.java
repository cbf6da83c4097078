package dev.baton.policy;

import static dev.baton.policy.Requests.IRELAND;
import static dev.baton.policy.Requests.NOW;
import static dev.baton.policy.Requests.OREGON;
import static dev.baton.policy.Requests.VIRGINIA;

import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Groups;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Policies, requests and facts from a seed: few values, so that they meet. */
record RandomPolicies(RandomGenerator random) {
  private static final List<String> DEMANDS =
      List.of(
          "allowedTargetRegions: [us-west-2]",
          "allowedTargetRegions: ['eu-*', us-west-2]",
          "allowedModes: [SWITCHOVER, FAILOVER]",
          "allowedModes: [FAILOVER]",
          "coolDown: PT10M",
          "maxReplicationLag: PT5S",
          "maxReplicationLag: PT1S\n  allowUnknownLag: true",
          "requireReference: '[A-Z]+-[0-9]+'",
          "requireExpectedPrimary: true",
          "requireReadiness: READY",
          "requireReadiness: ATTENTION\n  allowUnknownReadiness: true",
          "freezeWindows: [{start: 2026-01-01T00:00, rrule: FREQ=DAILY, duration: PT6H, zone: UTC}]",
          "freezeWindows: [{from: 2026-11-22T02:00, to: 2026-11-22T03:05, zone: UTC}]",
          "maxConcurrent: {inAccount: 2}",
          "maxConcurrent: {fromSourceRegion: 1, toTargetRegion: 2}",
          "approvals: {required: 1, from: [sre], expiresAfter: PT1H}",
          "deny: requester.kind == 'SERVICE'",
          "deny: lag.seconds > 2",
          "require: '\"sre\" in requester.groups'");
  private static final List<String> MATCHES =
      List.of(
          "{}",
          "{}",
          "{modes: [SWITCHOVER]}",
          "{regions: [eu-west-1]}",
          "{requesterGroups: [sre]}",
          "{globalReplicationGroupIds: [ldgnf-*]}",
          "{accountIds: ['210987654321']}");

  List<PolicyDocument> documents() {
    var documents = new ArrayList<PolicyDocument>();
    for (int count = random.nextInt(1, 5); count > 0; count--) {
      documents.add(document("policy-" + count, random.nextInt(6)));
    }
    return documents;
  }

  PolicyDocument document(String name, int rules) {
    var text = new StringBuilder();
    for (int number = 0; number < rules; number++) {
      text.append(rule("rule-" + number));
    }
    return PolicyDocumentReader.read(
        """
        apiVersion: baton/v1
        kind: Policy
        metadata: {name: %s}
        match: %s
        rules: %s
        """
            .formatted(name, one(MATCHES), rules == 0 ? "[]" : "\n" + text),
        "a test");
  }

  private String rule(String name) {
    return "- name: %s\n  match: %s\n  overridable: %s\n  enforcement: %s\n  %s\n"
        .formatted(
            name,
            one(MATCHES),
            random.nextInt(4) > 0,
            random.nextInt(6) > 0 ? "ENFORCE" : "WARN",
            one(DEMANDS));
  }

  PolicyRequest request() {
    return new PolicyRequest(
        new AccountId(one(List.of("123456789012", "210987654321"))),
        new GlobalDatastoreId(one(List.of("ldgnf-sessions", "sgaui-cart"))),
        one(List.of(FailoverMode.values())),
        maybe(VIRGINIA),
        one(List.of(OREGON, IRELAND)),
        "a reason",
        maybe("OPS-1"),
        maybe(VIRGINIA),
        random.nextBoolean(),
        new Requester(
            new Actor("somebody", one(List.of(Actor.Kind.PERSON, Actor.Kind.SERVICE))),
            one(
                List.of(
                    new Groups.Known(Set.of("sre")),
                    new Groups.Known(Set.of()),
                    new Groups.Unknown("nobody knows")))),
        random.nextInt(3) == 0 ? Set.of("rule-0", "policy-1/rule-1") : Set.of());
  }

  PolicyFacts facts() {
    return new PolicyFacts(
        NOW.plusSeconds(random.nextInt(-40_000, 40_000)),
        maybe(NOW.minusSeconds(random.nextInt(1200))),
        maybe(NOW.minusSeconds(random.nextInt(1200))),
        one(
            List.of(
                new TargetLag.Measured(
                    OREGON, Duration.ofSeconds(random.nextInt(8)), Instant.EPOCH),
                new TargetLag.Unknown(OREGON, "nobody looked"))),
        one(
            List.of(
                new TargetReadiness.Judged(
                    OREGON, one(List.of(ReadinessLevel.values())), List.of("so")),
                new TargetReadiness.Unknown(OREGON, "nobody looked"))),
        one(
            List.of(
                new OtherFailovers.Counted(random.nextInt(4), counts(VIRGINIA), counts(OREGON)),
                new OtherFailovers.NotCounted("nobody counted"))));
  }

  private Map<Region, Integer> counts(Region region) {
    return Map.of(region, random.nextInt(3));
  }

  private <T> Optional<T> maybe(T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private <T> T one(List<? extends T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
