package dev.baton.simulator;

import java.time.Duration;
import java.time.Instant;

/** The tokens that a rate limit has left. Whoever uses it sees to it that nobody else does. */
final class TokenBucket {

  private final RateLimit limit;
  private double tokens;
  private Instant filledAt;

  TokenBucket(RateLimit limit, Instant now) {
    this.limit = limit;
    this.tokens = limit.burst();
    this.filledAt = now;
  }

  /** Takes a token, or answers as AWS does where there is none. */
  void take(Instant now) {
    double seconds = Math.max(0, Duration.between(filledAt, now).toNanos() / 1e9);
    tokens = Math.min(limit.burst(), tokens + seconds * limit.perSecond());
    filledAt = now;
    if (tokens < 1) {
      throw new QueryError(400, limit.code(), "Rate exceeded");
    }
    tokens--;
  }
}
