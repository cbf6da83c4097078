package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.Region;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.CallOutcome.Accepted;
import dev.baton.globaldatastore.CallOutcome.NotExecuted;
import dev.baton.globaldatastore.CallOutcome.Reason;
import dev.baton.globaldatastore.CallOutcome.Unknown;
import dev.baton.globaldatastore.FailoverCall;
import dev.baton.globaldatastore.GlobalDatastoreChanges;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.FailoverGlobalReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.FailoverGlobalReplicationGroupResponse;

/** Changes Global datastores through the AWS SDK. */
final class ElastiCacheGlobalDatastoreChanges implements GlobalDatastoreChanges {
  private static final Duration TRY_AGAIN_WITHIN = Duration.ofSeconds(2);

  private final ServedRegions regions;
  private final SendClock clock;
  private final Duration callTimeout;

  ElastiCacheGlobalDatastoreChanges(ServedRegions regions, SendClock clock, Duration callTimeout) {
    this.regions = regions;
    this.clock = clock;
    this.callTimeout = callTimeout;
  }

  @Override
  public Duration callTimeout() {
    return callTimeout;
  }

  @Override
  public CallOutcome attempt(
      AccountId accountId, Region region, FailoverMode mode, Supplier<CallOutcome> attempt) {
    if (!regions.hasCredentialsFor(accountId)) {
      return otherAccount(accountId);
    }
    var judgement =
        new RegionGuard.Judgement<CallOutcome>(
            Lesson::of,
            ElastiCacheGlobalDatastoreChanges::isPassing,
            held ->
                new NotExecuted(
                    Reason.HELD_BACK, "HeldBack", "%s: %s".formatted(region, held.why())));
    return regions
        .way(accountId, region, CallKind.CHANGE)
        .map(way ->
            switch (mode) {
              case SWITCHOVER -> way.guard().call(attempt, judgement, TRY_AGAIN_WITHIN);
              case FAILOVER -> way.guard().insist(attempt, judgement, TRY_AGAIN_WITHIN);
            })
        .orElseGet(() -> notServed(accountId, region));
  }

  @Override
  public CallOutcome failOver(FailoverCall call) {
    // First of all: its monotonic deadline counts from here.
    var transmission = new Transmission(call.sendBefore(), clock);
    if (!regions.hasCredentialsFor(call.accountId())) {
      return otherAccount(call.accountId());
    }
    return regions
        .way(call.accountId(), call.endpointRegion(), CallKind.CHANGE)
        .map(way -> send(way.client(), call, transmission))
        .orElseGet(() -> notServed(call.accountId(), call.endpointRegion()));
  }

  private static CallOutcome send(
      ElastiCacheClient client, FailoverCall call, Transmission transmission) {
    try {
      var answer = client.failoverGlobalReplicationGroup(request(call, transmission));
      return outcome(answer, call.endpointRegion());
    } catch (RuntimeException failure) {
      return ErrorClassification.ofChange(failure, transmission.state(), call.endpointRegion());
    }
  }

  private static FailoverGlobalReplicationGroupRequest request(
      FailoverCall call, Transmission transmission) {
    return FailoverGlobalReplicationGroupRequest.builder()
        .globalReplicationGroupId(call.globalDatastoreId().value())
        .primaryRegion(call.primaryRegion().name())
        .primaryReplicationGroupId(call.primaryReplicationGroupId().value())
        .overrideConfiguration(configuration ->
            configuration.putExecutionAttribute(SendFence.TRANSMISSION, transmission))
        .build();
  }

  /** The SDK takes any well-formed 200 for an answer; AWS's names the Global datastore. */
  private static CallOutcome outcome(FailoverGlobalReplicationGroupResponse answer, Region region) {
    if (answer.globalReplicationGroup() == null) {
      return new Unknown("UnreadableAnswer", "the answer doesn't show the Global datastore");
    }
    return new Accepted(region, RequestId.of(answer).orElse(""));
  }

  private static boolean isPassing(CallOutcome outcome) {
    return outcome instanceof NotExecuted notExecuted
        && (notExecuted.reason() == Reason.UNREACHABLE || notExecuted.reason() == Reason.THROTTLED);
  }

  private CallOutcome otherAccount(AccountId accountId) {
    return new NotExecuted(
        Reason.NO_CREDENTIALS, "AccountNotServed", regions.otherAccount(accountId));
  }

  private CallOutcome notServed(AccountId accountId, Region region) {
    return new NotExecuted(
        Reason.UNREACHABLE, "RegionNotServed", regions.notServed(accountId, region));
  }
}
