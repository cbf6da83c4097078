package dev.baton.globaldatastore;

import dev.baton.globaldatastore.ReadinessJudge.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A judgement as it is kept.
 *
 * @param since when this level with these codes was judged first
 * @param judgedAt when it was judged last, or not much longer ago
 */
record KeptReadiness(Target target, Readiness readiness, Instant since, Instant judgedAt) {

  static KeptReadiness first(Target target, Readiness readiness, Instant now) {
    return new KeptReadiness(target, readiness, now, now);
  }

  /** What to keep after it was judged again. */
  KeptReadiness judgedAgain(Readiness again, Instant now) {
    var isSame = again.level() == readiness.level() && codes(again).equals(codes(readiness));
    return new KeptReadiness(target, again, isSame ? since : now, now);
  }

  /** Whether it says all there is to say, and is young enough to stay as it is. */
  boolean isGoodFor(Readiness again, Duration keptFor, Instant now) {
    return again.equals(readiness) && judgedAt.plus(keptFor).isAfter(now);
  }

  private static Set<ReadinessCode> codes(Readiness readiness) {
    return readiness.reasons().stream().map(ReadinessReason::code).collect(Collectors.toSet());
  }
}
