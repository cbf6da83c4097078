package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.Region;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.CallOutcome.Accepted;
import dev.baton.globaldatastore.CallOutcome.NotExecuted;
import dev.baton.globaldatastore.CallOutcome.Reason;
import dev.baton.globaldatastore.CallOutcome.Unknown;
import dev.baton.globaldatastore.DetachCall;
import dev.baton.globaldatastore.FailoverCall;
import dev.baton.globaldatastore.GlobalDatastoreChanges;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.DisassociateGlobalReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheResponse;
import software.amazon.awssdk.services.elasticache.model.FailoverGlobalReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.GlobalReplicationGroup;

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
              case FAILOVER, DETACH -> way.guard().insist(attempt, judgement, TRY_AGAIN_WITHIN);
            })
        .orElseGet(() -> notServed(accountId, region));
  }

  @Override
  public CallOutcome failOver(FailoverCall call) {
    // First of all: its monotonic deadline counts from here.
    var transmission = new Transmission(call.sendBefore(), clock);
    return send(
        call.accountId(),
        call.endpointRegion(),
        transmission,
        client -> {
          var answer = client.failoverGlobalReplicationGroup(request(call, transmission));
          return outcome(answer, answer.globalReplicationGroup(), call.endpointRegion());
        });
  }

  @Override
  public CallOutcome detach(DetachCall call) {
    var transmission = new Transmission(call.sendBefore(), clock);
    return send(
        call.accountId(),
        call.endpointRegion(),
        transmission,
        client -> {
          var answer = client.disassociateGlobalReplicationGroup(request(call, transmission));
          return outcome(answer, answer.globalReplicationGroup(), call.endpointRegion());
        });
  }

  private CallOutcome send(
      AccountId accountId,
      Region region,
      Transmission transmission,
      Function<ElastiCacheClient, CallOutcome> call) {
    if (!regions.hasCredentialsFor(accountId)) {
      return otherAccount(accountId);
    }
    return regions
        .way(accountId, region, CallKind.CHANGE)
        .map(way -> {
          try {
            return call.apply(way.client());
          } catch (RuntimeException failure) {
            return ErrorClassification.ofChange(failure, transmission.state(), region);
          }
        })
        .orElseGet(() -> notServed(accountId, region));
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

  private static DisassociateGlobalReplicationGroupRequest request(
      DetachCall call, Transmission transmission) {
    return DisassociateGlobalReplicationGroupRequest.builder()
        .globalReplicationGroupId(call.globalDatastoreId().value())
        .replicationGroupRegion(call.memberRegion().name())
        .replicationGroupId(call.replicationGroupId().value())
        .overrideConfiguration(configuration ->
            configuration.putExecutionAttribute(SendFence.TRANSMISSION, transmission))
        .build();
  }

  /** The SDK takes any well-formed 200 for an answer; AWS's names the Global datastore. */
  private static CallOutcome outcome(
      ElastiCacheResponse answer, @Nullable GlobalReplicationGroup changed, Region region) {
    if (changed == null) {
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
