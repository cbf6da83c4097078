package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Groups;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.failover.process.Facts;
import dev.baton.failover.process.FailoverProcess;
import dev.baton.failover.process.FailoverProperties;
import dev.baton.failover.process.FailoverSnapshot;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.Known;
import dev.baton.failover.process.OtherRegions;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.failover.process.ProcessDecision.Observe;
import dev.baton.failover.process.ProcessDecision.Send;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import dev.baton.policy.Judgement;
import dev.baton.policy.OtherFailovers;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;
import dev.baton.policy.Requester;
import dev.baton.policy.TargetLag;
import dev.baton.policy.TargetReadiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the process is shown: a Global datastore with its primary in Virginia that is to fail over
 * to Ireland, requested at noon. Times are seconds from noon.
 */
final class Scenes {
  static final Region VIRGINIA = new Region("us-east-1");
  static final Region IRELAND = new Region("eu-west-1");
  static final Region OREGON = new Region("us-west-2");
  static final AccountId ACCOUNT = new AccountId("111122223333");
  static final GlobalDatastoreId SESSIONS = new GlobalDatastoreId("ldgnf-sessions");
  static final ReplicationGroupId IN_IRELAND = new ReplicationGroupId("sessions-euw1");

  static final FailoverProperties LIMITS =
      new FailoverProperties(
          Duration.ofMinutes(15),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(12),
          Duration.ofSeconds(20),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          8);

  /** When what was requested at noon expires. */
  static final int EXPIRY = 900;

  /** How long after its intent a call can't begin to have an effect any more. */
  static final int LANDS = 17;

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private Scenes() {}

  static Instant at(double seconds) {
    return NOON.plusNanos(Math.round(seconds * 1e9));
  }

  static ProcessDecision decide(FailoverSnapshot failover, Facts facts, double now) {
    return decide(failover, facts, answeredAt(now), now);
  }

  static ProcessDecision decide(
      FailoverSnapshot failover, Facts facts, OtherRegions others, double now) {
    return new FailoverProcess(LIMITS).decide(failover, new Known(facts, others), at(now));
  }

  /** Virginia and Oregon have answered a describe that began then. */
  static OtherRegions answeredAt(double seconds) {
    return new OtherRegions(
        Set.of(VIRGINIA, OREGON, IRELAND),
        Map.of(VIRGINIA, at(seconds), OREGON, at(seconds)),
        Set.of());
  }

  static Observe observeTarget() {
    return new Observe(IRELAND);
  }

  static Send sendToTarget() {
    return new Send(IRELAND);
  }

  /** Available, its primary in Virginia, secondaries in Ireland and Oregon. */
  static GlobalDatastore healthyDatastore() {
    return datastore("available", primaryIn(VIRGINIA), secondaryIn(IRELAND), secondaryIn(OREGON));
  }

  /** As it is when Ireland has taken over. */
  static GlobalDatastore promotedDatastore() {
    return datastore("available", secondaryIn(VIRGINIA), primaryIn(IRELAND), secondaryIn(OREGON));
  }

  static GlobalDatastore datastore(String status, Member... members) {
    return new GlobalDatastore(
        SESSIONS,
        "",
        status,
        "cache.r7g.large",
        "valkey",
        "8.0",
        Arrays.asList(members),
        false,
        List.of(),
        false,
        false,
        false,
        "");
  }

  static Member primaryIn(Region region) {
    return member(region, "PRIMARY", "associated");
  }

  static Member secondaryIn(Region region) {
    return member(region, "SECONDARY", "associated");
  }

  static Member member(Region region, String role, String status) {
    var group =
        region.equals(IRELAND)
            ? IN_IRELAND
            : new ReplicationGroupId("sessions-" + region.name().replace("-", ""));
    return new Member(group, region, role, "enabled", status);
  }

  /** Shown by a describe that began then, for the first time. */
  static Facts shown(GlobalDatastore datastore, double beganAt) {
    return shown(datastore, beganAt, beganAt);
  }

  /** Shown by a describe that began then, and without a break before it. */
  static Facts shown(GlobalDatastore datastore, double beganAt, double since) {
    return new Facts.Shown(new Observation(ACCOUNT, IRELAND, datastore, at(beganAt), at(since)));
  }

  static Evidence evidence(GlobalDatastore datastore, double since) {
    return Evidence.of(new Observation(ACCOUNT, IRELAND, datastore, at(since), at(since)));
  }

  static Facts unseen() {
    return new Facts.Unseen();
  }

  static SnapshotBuilder failover(FailoverStatus status) {
    return new SnapshotBuilder(status);
  }

  static FailoverSnapshot pending(FailoverMode mode) {
    return failover(FailoverStatus.PENDING).mode(mode).build();
  }

  /** Who asks, in these scenes. */
  static final Requester ALICE =
      new Requester(new Actor("alice", Actor.Kind.PERSON), new Groups.Known(Set.of("developers")));

  /** A failover to Ireland that was requested then. */
  static Failover requested(
      GlobalDatastoreId datastore, FailoverMode mode, PolicyDecision decision, Instant now) {
    return new Failover(
        new FailoverRequest(
            ACCOUNT,
            datastore,
            IRELAND,
            Optional.empty(),
            mode,
            "drain",
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Optional.of(primaryIn(VIRGINIA)),
        secondaryIn(IRELAND),
        ALICE,
        decided(decision),
        now.plusSeconds(EXPIRY),
        true,
        now);
  }

  /** What policy said, on facts of every kind. */
  static Decided decided(PolicyDecision decision) {
    return new Decided(
        new Judgement(decision, List.of(), List.of()),
        new PolicyFacts(
            at(0),
            Optional.of(at(-3_600)),
            Optional.empty(),
            new TargetLag.Measured(IRELAND, Duration.ofMillis(400), at(-60)),
            new TargetReadiness.Unknown(IRELAND, "nobody looked"),
            new OtherFailovers.Counted(2, Map.of(VIRGINIA, 2), Map.of(IRELAND, 1, OREGON, 1))),
        List.of());
  }
}
