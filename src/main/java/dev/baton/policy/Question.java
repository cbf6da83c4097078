package dev.baton.policy;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every rule is asked. What many of them look at is worked out once, because a request may
 * meet a thousand rules; so it belongs to one thread.
 */
final class Question {
  private final PolicyRequest request;
  private final PolicyFacts facts;
  private @Nullable String now;
  private @Nullable Map<String, Object> values;

  Question(PolicyRequest request, PolicyFacts facts) {
    this.request = request;
    this.facts = facts;
  }

  PolicyRequest request() {
    return request;
  }

  PolicyFacts facts() {
    return facts;
  }

  Instant now() {
    return facts.now();
  }

  TargetLag lag() {
    return facts.lagOf(request.targetRegion());
  }

  TargetReadiness readiness() {
    return facts.readinessOf(request.targetRegion());
  }

  /** The time, as a sentence shows it. */
  String shownNow() {
    if (now == null) {
      now = facts.now().toString();
    }
    return now;
  }

  /** The values of the variables that conditions may name. */
  Map<String, Object> values() {
    if (values == null) {
      values = ConditionValues.of(this);
    }
    return values;
  }
}
