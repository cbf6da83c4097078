package dev.baton.simulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The conditions in each Region, and the tokens that are left there. */
final class Regions {

  private final Map<String, RegionConditions> unusual = new HashMap<>();
  private final Map<String, TokenBucket> readTokens = new HashMap<>();
  private final Map<String, TokenBucket> changeTokens = new HashMap<>();
  private boolean closed;

  synchronized void become(String region, UnaryOperator<RegionConditions> change, Instant now) {
    RegionConditions before = of(region);
    RegionConditions after = change.apply(before);
    if (after.equals(RegionConditions.usual())) {
      unusual.remove(region);
    } else {
      unusual.put(region, after);
    }
    renew(readTokens, region, before.readLimit(), after.readLimit(), now);
    renew(changeTokens, region, before.changeLimit(), after.changeLimit(), now);
    notifyAll();
  }

  synchronized RegionConditions of(String region) {
    return unusual.getOrDefault(region, RegionConditions.usual());
  }

  synchronized NavigableMap<String, RegionConditions> unusual() {
    return new TreeMap<>(unusual);
  }

  /** Whether the Region is dark; returns from a silent one only when that is over. */
  synchronized boolean keptInTheDark(String region) throws InterruptedException {
    boolean kept = of(region).darkness().isPresent();
    while (of(region).darkness().equals(Optional.of(Darkness.SILENT)) && !closed) {
      wait();
    }
    return kept;
  }

  /** Takes a token for the call; refuses the call if there is none. CloudWatch is not limited. */
  synchronized void admit(QueryRequest request, Instant now) {
    if (request.action().equals(MetricEndpoint.ACTION)) {
      return;
    }
    var tokens = request.action().startsWith("Describe") ? readTokens : changeTokens;
    Optional.ofNullable(tokens.get(request.region())).ifPresent(bucket -> bucket.take(now));
  }

  synchronized void clear() {
    unusual.clear();
    readTokens.clear();
    changeTokens.clear();
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** An unchanged limit keeps its tokens: changing the latency must not fill the bucket. */
  private static void renew(
      Map<String, TokenBucket> buckets,
      String region,
      Optional<RateLimit> before,
      Optional<RateLimit> after,
      Instant now) {
    if (after.isEmpty()) {
      buckets.remove(region);
    } else if (!after.equals(before)) {
      buckets.put(region, new TokenBucket(after.get(), now));
    }
  }
}
