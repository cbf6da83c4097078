package dev.baton.globaldatastore.aws;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.globaldatastore.CallPaces;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Makes the guards, and keeps the registries that their metrics are read from. */
final class RegionGuards {
  private static final int HALF = 50;
  private static final int HALF_OPEN_CALLS = 3;

  /** How many times slower or faster than where it begins a pace may get. */
  private static final double WIDTH = 10;

  private static final double JITTER = 0.3;

  private final CircuitBreakerRegistry breakers;
  private final BulkheadRegistry bulkheads;
  private final RetryRegistry retries;
  private final LongSupplier nanos;
  private final CallPaces paces;
  private final CallPaces.Limits changes;
  private final CallPaces.Limits reads;

  RegionGuards(AwsProperties properties, CallPaces paces, LongSupplier nanos) {
    this.paces = paces;
    this.changes = limits(properties.changesPerSecond());
    this.reads = limits(properties.readsPerSecond());
    this.nanos = nanos;
    this.breakers = CircuitBreakerRegistry.of(breakerConfig(properties));
    this.bulkheads = BulkheadRegistry.of(bulkheadConfig(properties));
    this.retries = RetryRegistry.of(retryConfig(properties));
  }

  RegionGuard guard(AccountId accountId, Region region, CallKind kind) {
    return guard(accountId, region, kind.label(), kind == CallKind.CHANGE ? changes : reads);
  }

  /** CloudWatch is another service: its failures must not hold ElastiCache back. */
  RegionGuard lagGuard(AccountId accountId, Region region) {
    return guard(accountId, region, "lag", reads);
  }

  private RegionGuard guard(
      AccountId accountId, Region region, String label, CallPaces.Limits limits) {
    var name = "%s/%s/%s".formatted(accountId, region, label);
    return new RegionGuard(
        paces.of(accountId, region, label, limits),
        breakers.circuitBreaker(name),
        bulkheads.bulkhead(name),
        retries.retry(name),
        nanos);
  }

  /** AWS publishes no limits, so where it begins is no more than a guess. */
  private static CallPaces.Limits limits(double first) {
    return new CallPaces.Limits(first / WIDTH, first, first * WIDTH);
  }

  CircuitBreakerRegistry breakers() {
    return breakers;
  }

  BulkheadRegistry bulkheads() {
    return bulkheads;
  }

  RetryRegistry retries() {
    return retries;
  }

  private static CircuitBreakerConfig breakerConfig(AwsProperties properties) {
    return CircuitBreakerConfig.custom()
        .slidingWindow(
            properties.breakerCalls(), properties.breakerCalls(), SlidingWindowType.COUNT_BASED)
        .failureRateThreshold(HALF)
        .waitDurationInOpenState(properties.breakerOpenFor())
        .permittedNumberOfCallsInHalfOpenState(HALF_OPEN_CALLS)
        .recordResult(result -> result instanceof Lesson lesson && lesson.isFailure())
        .build();
  }

  private static BulkheadConfig bulkheadConfig(AwsProperties properties) {
    return BulkheadConfig.custom()
        .maxConcurrentCalls(properties.concurrentCalls())
        .maxWaitDuration(Duration.ZERO)
        .build();
  }

  private static RetryConfig retryConfig(AwsProperties properties) {
    return RetryConfig.<RegionGuard.Tried<?>>custom()
        .maxAttempts(properties.tries())
        .intervalFunction(
            IntervalFunction.ofExponentialRandomBackoff(properties.tryAgainAfter(), 2, JITTER))
        .retryOnResult(RegionGuard.Tried::again)
        // What the code itself throws is no fault of AWS: it goes to the caller at once.
        .retryOnException(thrown -> false)
        .build();
  }
}
