package dev.baton.failover;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import dev.baton.deterministic.Chance;
import dev.baton.deterministic.Host;
import dev.baton.deterministic.Timeline;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.DetachCall;
import dev.baton.globaldatastore.FailoverCall;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.GlobalDatastoreChanges;
import dev.baton.globaldatastore.GlobalDatastores;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Reading;
import dev.baton.globaldatastore.ReplicationGroup;
import dev.baton.globaldatastore.ReplicationGroups;
import dev.baton.globaldatastore.aws.Fence;
import dev.baton.simulator.FlipOrder;
import dev.baton.simulator.PromotionPlan;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** AWS as one host reaches it: reads show what was, calls take time, and either may go wrong. */
final class SimulatedAws implements GlobalDatastores, GlobalDatastoreChanges, ReplicationGroups {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration TRY_AGAIN_WITHIN = Duration.ofSeconds(2);

  private final Host host;
  private final Cloud cloud;

  SimulatedAws(Host host, Cloud cloud) {
    this.host = host;
    this.cloud = cloud;
  }

  /** Who looks on when a call leaves and when it arrives. */
  interface Witness {

    /** A call leaves a host. Returns the failover that it is made for. */
    FailoverId leaves(Host host, Instant sendBefore);

    /** It has its effect, if AWS lets it. */
    void lands(FailoverId by, FailoverMode mode, SimulatedWorld.Answer answer);

    /** It never arrives. */
    void isLost(FailoverId by);
  }

  /** The one AWS that all hosts reach. */
  static final class Cloud {
    private boolean isQuick;
    private final Timeline timeline;
    private final Chance chance;
    private final Troubles troubles;
    private final Witness witness;
    final SimulatedWorld world = new SimulatedWorld();
    private final Map<Region, Instant> darkUntil = new HashMap<>();

    Cloud(Timeline timeline, Chance chance, Troubles troubles, Witness witness) {
      this.timeline = timeline;
      this.chance = chance;
      this.troubles = troubles;
      this.witness = witness;
    }

    void darken(Region region, Duration time) {
      darkUntil.put(region, timeline.instant().plus(time));
    }

    void lighten() {
      darkUntil.clear();
    }

    private boolean isDark(Region region) {
      return timeline.instant().isBefore(darkUntil.getOrDefault(region, Instant.MIN));
    }

    /**
     * How a promotion goes: most within seconds, some not at all, one in a few for too long, and of
     * these more are rolled back, so that enough is met that stalls and fails.
     */
    /** From now on each takes a few seconds, and succeeds. */
    void promoteQuickly() {
      isQuick = true;
    }

    PromotionPlan plan() {
      return isQuick ? quickPlan() : drawn();
    }

    private PromotionPlan drawn() {
      var isShort = chance.of(0.82);
      var plan =
          new PromotionPlan(
              chance.millis(0, 1_500),
              isShort ? chance.seconds(4, 15) : chance.seconds(50, 130),
              chance.oneOf(List.of(FlipOrder.values())),
              chance.millis(0, 1_500),
              PromotionPlan.Ending.PROMOTED);
      return chance.of(isShort ? 0.12 : 0.4)
          ? plan.withEnding(PromotionPlan.Ending.ROLLED_BACK)
          : plan;
    }

    /** How one goes that nobody had to wait for. */
    PromotionPlan quickPlan() {
      return drawn().withDuration(chance.seconds(4, 6)).withEnding(PromotionPlan.Ending.PROMOTED);
    }

    /** The instant whose truth a Region shows. */
    private Instant shownBy() {
      return troubles.strikes(Trouble.STALE, 0.5)
          ? timeline.instant().minus(chance.millis(200, 4_000))
          : timeline.instant();
    }
  }

  @Override
  public Reading<GlobalDatastore> describe(
      AccountId accountId, Region region, GlobalDatastoreId id) {
    return read(
        region,
        at -> cloud.world.seenFrom(region.name(), id.value(), at).map(SimulatedAws::translated));
  }

  @Override
  public Reading<List<GlobalDatastore>> describeAll(
      AccountId accountId, Region region, Duration rest) {
    return read(
        region,
        at ->
            Optional.of(
                cloud.world.seenFrom(region.name(), at).stream()
                    .map(SimulatedAws::translated)
                    .toList()));
  }

  @Override
  public Reading<ReplicationGroup> describe(
      AccountId accountId, Region region, ReplicationGroupId id) {
    return read(
        region,
        at -> {
          var left = cloud.world.hasLeft(region.name(), id.value(), at);
          return Optional.of(
              new ReplicationGroup(
                  id,
                  "available",
                  "valkey",
                  "cache.r7g.large",
                  left ? Optional.empty() : Optional.of("ldgnf-some"),
                  Optional.empty()));
        });
  }

  @Override
  public Reading<List<ReplicationGroup>> describeGroups(AccountId accountId, Region region) {
    throw new UnsupportedOperationException("nobody surveys here");
  }

  private <T> Reading<T> read(Region region, Function<Instant, Optional<T>> question) {
    var beganAt = host.instant();
    cloud.troubles.hit(host, 0.01);
    host.elapse(cloud.chance.millis(10, 80));
    if (cloud.isDark(region)) {
      host.elapse(cloud.chance.between(Duration.ZERO, READ_TIMEOUT));
      var reason = cloud.chance.of(0.5) ? Reading.Reason.DARK : Reading.Reason.UNREACHABLE;
      return new Reading.NotRead<>(reason, "Dark", "no answer");
    }
    var answer = question.apply(cloud.shownBy());
    cloud.troubles.hit(host, 0.01);
    host.elapse(cloud.chance.millis(10, 80));
    return answer
        .<Reading<T>>map(shown -> new Reading.Seen<>(shown, beganAt))
        .orElseGet(() -> new Reading.NotFound<>(beganAt));
  }

  static GlobalDatastore translated(SimulatedDatastore shown) {
    return new GlobalDatastore(
        new GlobalDatastoreId(shown.globalReplicationGroupId()),
        "",
        shown.status(),
        shown.cacheNodeType(),
        shown.engine(),
        shown.engineVersion(),
        shown.members().stream()
            .map(member ->
                new Member(
                    new ReplicationGroupId(member.replicationGroupId()),
                    new Region(member.region()),
                    member.role().name(),
                    member.automaticFailover(),
                    member.status()))
            .toList(),
        false,
        List.of(),
        false,
        false,
        false,
        "");
  }

  @Override
  public Duration callTimeout() {
    return CALL_TIMEOUT;
  }

  @Override
  public CallOutcome attempt(
      AccountId accountId, Region region, FailoverMode mode, Supplier<CallOutcome> attempt) {
    var began = host.nanos();
    for (int tries = 1; ; tries++) {
      var outcome = attempt.get();
      if (tries == 3
          || host.nanos() - began >= TRY_AGAIN_WITHIN.toNanos()
          || !(outcome instanceof CallOutcome.NotExecuted(var reason, _, _)
              && (reason == CallOutcome.Reason.UNREACHABLE
                  || reason == CallOutcome.Reason.THROTTLED))) {
        return outcome;
      }
      host.elapse(cloud.chance.millis(100, 400));
    }
  }

  @Override
  public CallOutcome failOver(FailoverCall call) {
    var plan = cloud.plan();
    return send(
        call.endpointRegion(),
        call.sendBefore(),
        FailoverMode.FAILOVER,
        () ->
            cloud.world.promote(
                call.globalDatastoreId().value(),
                call.endpointRegion().name(),
                call.primaryRegion().name(),
                call.primaryReplicationGroupId().value(),
                plan,
                cloud.timeline.instant()));
  }

  @Override
  public CallOutcome detach(DetachCall call) {
    return send(
        call.endpointRegion(),
        call.sendBefore(),
        FailoverMode.DETACH,
        () ->
            cloud.world.disassociate(
                call.globalDatastoreId().value(),
                call.endpointRegion().name(),
                call.memberRegion().name(),
                call.replicationGroupId().value(),
                cloud.timeline.instant()));
  }

  private CallOutcome send(
      Region endpoint,
      Instant sendBefore,
      FailoverMode mode,
      Supplier<SimulatedWorld.Answer> effect) {
    var fence = new Fence(sendBefore, host);
    cloud.troubles.hit(host, 0.2);
    host.elapse(cloud.chance.of(0.9) ? cloud.chance.millis(1, 30) : cloud.chance.seconds(1, 7));
    cloud.troubles.hit(host, 0.2);
    host.standStill();
    if (!fence.opens()) {
      return new CallOutcome.NotExecuted(CallOutcome.Reason.TOO_LATE, "TooLate", "too late");
    }
    if (cloud.isDark(endpoint) || cloud.troubles.strikes(Trouble.CALL_NOT_EXECUTED, 0.5)) {
      var reason =
          cloud.chance.of(0.5) ? CallOutcome.Reason.UNREACHABLE : CallOutcome.Reason.THROTTLED;
      return new CallOutcome.NotExecuted(reason, reason.name(), "not executed");
    }
    return sent(endpoint, sendBefore, mode, effect);
  }

  private CallOutcome sent(
      Region endpoint,
      Instant sendBefore,
      FailoverMode mode,
      Supplier<SimulatedWorld.Answer> effect) {
    var by = cloud.witness.leaves(host, sendBefore);
    if (cloud.troubles.strikes(Trouble.CALL_LOST, 0.4)) {
      cloud.witness.isLost(by);
      return givenUp();
    }
    var answer = new SimulatedWorld.Answer[1];
    Runnable landing =
        () -> {
          answer[0] =
              cloud.troubles.strikes(Trouble.CALL_REFUSED, 0.3)
                  ? new SimulatedWorld.Answer.Refused("AccessDenied", "not yours", 403)
                  : effect.get();
          cloud.witness.lands(by, mode, answer[0]);
        };
    if (cloud.troubles.strikes(Trouble.CALL_LATE, 0.4)) {
      cloud.timeline.after(cloud.chance.millis(3_000, 10_900), landing);
      return givenUp();
    }
    cloud.timeline.after(cloud.chance.millis(5, 100), landing);
    cloud.troubles.hit(host, 0.2);
    host.elapse(Duration.ofMillis(101));
    cloud.troubles.hit(host, 0.2);
    if (cloud.troubles.strikes(Trouble.CALL_CUT, 0.5)) {
      return new CallOutcome.Unknown("Cut", "the connection broke");
    }
    host.elapse(cloud.chance.millis(5, 100));
    return switch (answer[0]) {
      case SimulatedWorld.Answer.Accepted _ -> new CallOutcome.Accepted(endpoint, "request");
      case SimulatedWorld.Answer.Refused(var code, var message, var status) ->
          new CallOutcome.Refused(
              endpoint,
              code,
              message,
              status,
              Optional.empty(),
              code.equals("InvalidGlobalReplicationGroupState"));
    };
  }

  private CallOutcome givenUp() {
    cloud.troubles.hit(host, 0.2);
    host.elapse(CALL_TIMEOUT);
    return new CallOutcome.Unknown("TookTooLong", "no answer");
  }
}
