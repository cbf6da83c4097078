package dev.baton.failover;

import dev.baton.audit.CanonicalHash;
import dev.baton.core.Caller;
import dev.baton.failover.idempotency.IdempotencyKey;
import dev.baton.failover.idempotency.IdempotencyKeys;
import dev.baton.failover.idempotency.IdempotencyKeys.Answer;
import dev.baton.failover.idempotency.IdempotencyKeys.Name;
import dev.baton.failover.idempotency.IdempotencyKeys.Use;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.policy.Requester;
import dev.baton.problem.JsonRequest;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Lets a caller repeat a request until it knows the answer: under a key there is one failover. */
@Component
class RepeatableRequests {
  /** Tells an answer that was given before from a first one. */
  static final String REPLAYED = "Idempotency-Replayed";

  private final FailoverDesk desk;
  private final FailoverRepository failovers;
  private final IdempotencyKeys keys;
  private final JsonMapper json;

  RepeatableRequests(
      FailoverDesk desk, FailoverRepository failovers, IdempotencyKeys keys, JsonMapper json) {
    this.desk = desk;
    this.failovers = failovers;
    this.keys = keys;
    this.json = json;
  }

  /**
   * A request as it was sent.
   *
   * @param purpose what it was sent for, beside what its body says; empty for a plain request
   * @param meaning reads it; it may throw a {@link ProblemException}
   */
  record Sent(String purpose, JsonRequest body, Supplier<FailoverRequest> meaning) {

    FailoverRequest request() {
      return meaning.get();
    }
  }

  /**
   * What was accepted.
   *
   * @param repeated whether an earlier request was answered so
   */
  record Accepted(Answer answer, boolean repeated) {

    ResponseEntity<String> response() {
      var response =
          ResponseEntity.accepted()
              .location(URI.create("/v1/failovers/" + answer.failoverId()))
              .header(HttpHeaders.RETRY_AFTER, "1")
              .contentType(MediaType.APPLICATION_JSON)
              .eTag(answer.eTag());
      if (repeated) {
        response.header(REPLAYED, "true");
      }
      return response.body(answer.body());
    }
  }

  /**
   * Accepts a request, or says again what it was answered with.
   *
   * @throws ProblemException if it was denied or turned away
   */
  Accepted take(Sent sent, Optional<IdempotencyKey> key, Caller caller) {
    return key.map(given -> once(sent, new Name(caller.actor(), given), caller))
        .orElseGet(() ->
            new Accepted(answer(desk.take(sent.request(), Requester.of(caller), _ -> {})), false));
  }

  private Accepted once(Sent sent, Name name, Caller caller) {
    var fingerprint = fingerprint(sent);
    // Before the body is judged: time may have passed that makes it invalid as a new request.
    var first = keys.answer(name, fingerprint);
    if (first.isPresent()) {
      return again(first.get());
    }
    var request = sent.request();
    return switch (keys.take(name, fingerprint)) {
      case Use.Held held -> first(request, Requester.of(caller), held);
      case Use.Running(var other) when other.equals(fingerprint) -> throw running(name);
      case Use.Answered(var other, var answer) when other.equals(fingerprint) -> again(answer);
      case Use.Running _, Use.Answered _ -> throw reused(name);
    };
  }

  private Accepted first(FailoverRequest request, Requester requester, Use.Held held) {
    try {
      var failover = desk.take(request, requester, stored -> keys.keep(held, answer(stored)));
      return new Accepted(answer(failover), false);
    } catch (RuntimeException turnedAway) {
      release(held, turnedAway);
      throw turnedAway;
    }
  }

  /** What was kept stays. A key that can't be released now is free again a little later. */
  private void release(Use.Held held, RuntimeException turnedAway) {
    try {
      keys.release(held);
    } catch (RuntimeException failure) {
      turnedAway.addSuppressed(failure);
    }
  }

  private Accepted again(Answer answer) {
    if (answer.accepted()) {
      return new Accepted(answer, true);
    }
    var denied = FailoverDesk.denied(failovers.findById(answer.failoverId()).orElseThrow());
    throw new ProblemException(denied.problem().withHeader(REPLAYED, "true"));
  }

  private Answer answer(Failover failover) {
    return new Answer(
        failover.id().value(),
        failover.status() != FailoverStatus.DENIED,
        FailoverView.eTag(failover),
        json.writeValueAsString(FailoverView.of(failover)));
  }

  private static String fingerprint(Sent sent) {
    try {
      return (CanonicalHash.of(sent.body().json()) + " " + sent.purpose()).strip();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemType.MALFORMED_BODY, "The body has a number that no IEEE 754 double can hold.");
    }
  }

  private static ProblemException running(Name name) {
    return new ProblemException(
            ProblemType.IDEMPOTENCY_KEY_IN_USE,
            "The first request with the key '%s' has no answer yet.".formatted(name.key().value()))
        .retryAfter(Duration.ofSeconds(1));
  }

  private static ProblemException reused(Name name) {
    return new ProblemException(
        ProblemType.IDEMPOTENCY_KEY_REUSED,
        "The key '%s' was sent with another body within the last %d hours."
            .formatted(name.key().value(), IdempotencyKeys.KEPT.toHours()));
  }
}
