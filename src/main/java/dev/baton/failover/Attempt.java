package dev.baton.failover;

import dev.baton.core.Region;
import dev.baton.failover.process.AttemptOutcome;
import dev.baton.failover.process.AttemptSnapshot;
import dev.baton.globaldatastore.CallOutcome;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One call to AWS: recorded before it is sent, and its outcome after. */
@Entity
@Table(name = "failover_attempt")
class Attempt {

  @Embeddable
  record Id(@Column(name = "failover_id") UUID failoverId, int number) implements Serializable {}

  @EmbeddedId private Id id;
  private String action;
  private Region region;
  private Instant intendedAt;
  private Instant sendBefore;
  private Instant landsBefore;
  private @Nullable Instant answeredAt;

  @Enumerated(EnumType.STRING)
  private @Nullable AttemptOutcome outcome;

  private boolean passing;
  private boolean unreached;
  private @Nullable String awsRequestId;
  private @Nullable String errorCode;
  private @Nullable String errorMessage;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected Attempt() {}

  Attempt(
      FailoverId failoverId,
      int number,
      String action,
      Region region,
      Instant intendedAt,
      Instant sendBefore,
      Instant landsBefore) {
    this.id = new Id(failoverId.value(), number);
    this.action = action;
    this.region = region;
    this.intendedAt = intendedAt;
    this.sendBefore = sendBefore;
    this.landsBefore = landsBefore;
  }

  /** Stores what came of it. */
  void answered(CallOutcome answer, Instant at) {
    answeredAt = at;
    switch (answer) {
      case CallOutcome.Accepted accepted -> {
        outcome = AttemptOutcome.ACCEPTED;
        region = accepted.region();
        awsRequestId = accepted.requestId();
      }
      case CallOutcome.NotExecuted notExecuted -> {
        outcome = AttemptOutcome.NOT_EXECUTED;
        unreached = notExecuted.reason() == CallOutcome.Reason.UNREACHABLE;
        errorCode = notExecuted.code();
        errorMessage = notExecuted.message();
      }
      case CallOutcome.Refused refused -> {
        outcome = AttemptOutcome.REFUSED;
        region = refused.region();
        passing = refused.passing();
        awsRequestId = refused.requestId().orElse(null);
        errorCode = refused.code();
        errorMessage = refused.message();
      }
      case CallOutcome.Unknown unknown -> {
        outcome = AttemptOutcome.UNKNOWN;
        errorCode = unknown.code();
        errorMessage = unknown.message();
      }
    }
  }

  int number() {
    return id.number();
  }

  String action() {
    return action;
  }

  Region region() {
    return region;
  }

  Instant intendedAt() {
    return intendedAt;
  }

  Instant sendBefore() {
    return sendBefore;
  }

  Instant landsBefore() {
    return landsBefore;
  }

  Optional<Instant> answeredAt() {
    return Optional.ofNullable(answeredAt);
  }

  Optional<AttemptOutcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  Optional<String> awsRequestId() {
    return Optional.ofNullable(awsRequestId);
  }

  Optional<String> errorCode() {
    return Optional.ofNullable(errorCode);
  }

  Optional<String> errorMessage() {
    return Optional.ofNullable(errorMessage);
  }

  AttemptSnapshot snapshot() {
    return new AttemptSnapshot(
        number(),
        region,
        intendedAt,
        sendBefore,
        landsBefore,
        answeredAt(),
        outcome(),
        passing,
        unreached);
  }
}
