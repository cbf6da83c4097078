package dev.baton.policy;

import dev.baton.policy.document.Quoted;
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
  private @Nullable String lastMove;
  private @Nullable String lag;
  private @Nullable String reference;
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

  /** The time that counts: of a request for later, when it is to start. */
  Instant now() {
    return request.scheduledFor().filter(facts.now()::isBefore).orElse(facts.now());
  }

  /** Whether it is asked ahead: what is so at this moment need not be so then. */
  boolean isAhead() {
    return !now().equals(facts.now());
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
      now = now().toString();
    }
    return now;
  }

  /** How the primary came to where it is, in a sentence. */
  String lastMove() {
    if (lastMove == null) {
      lastMove =
          (facts.isLastMoveByPeople()
                  ? "The primary of %s was moved without Baton, which was seen at %s; it is now %s."
                  : "The last promotion of %s ended at %s; it is now %s.")
              .formatted(
                  request.globalDatastoreId(), facts.lastMoveAt().orElse(facts.now()), shownNow());
    }
    return lastMove;
  }

  /** How far the target is behind, in a sentence. */
  String shownLag() {
    if (lag == null) {
      lag =
          switch (lag()) {
            case TargetLag.Measured(var region, var behind, var measuredAt) ->
                "The replication lag of %s was %s, measured at %s."
                    .formatted(region, behind, measuredAt);
            case TargetLag.Unknown(var region, var reason) ->
                "The replication lag of %s is unknown: %s.".formatted(region, reason);
          };
    }
    return lag;
  }

  /** The ticket, in a sentence. */
  String shownReference() {
    if (reference == null) {
      reference =
          request
              .reference()
              .map(it ->
                  "The request's reference is '%s' (%d characters)."
                      .formatted(Quoted.shortened(it), it.length()))
              .orElse("The request has no reference.");
    }
    return reference;
  }

  /** The values of the variables that conditions may name. */
  Map<String, Object> values() {
    if (values == null) {
      values = ConditionValues.of(this);
    }
    return values;
  }
}
