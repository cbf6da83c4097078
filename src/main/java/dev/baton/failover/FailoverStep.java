package dev.baton.failover;

import dev.baton.failover.FailoverJudge.Judgement;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.Observers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes a failover as far as it goes now. */
@Component
class FailoverStep {
  private static final Logger LOG = LoggerFactory.getLogger(FailoverStep.class);
  private static final Duration HELD_BACK_PAUSE = Duration.ofSeconds(2);

  /** More decisions than this in one go mean that somebody else is at it too. */
  private static final int MOST_DECISIONS = 20;

  private final FailoverJudge judge;
  private final FailoverLedger ledger;
  private final FailoverGate gate;
  private final FailoverAttempts attempts;
  private final Observers observers;
  private final NewPrimaryEndpoint newPrimary;
  private final InstantSource clock;

  FailoverStep(
      FailoverJudge judge,
      FailoverLedger ledger,
      FailoverGate gate,
      FailoverAttempts attempts,
      Observers observers,
      NewPrimaryEndpoint newPrimary,
      InstantSource clock) {
    this.judge = judge;
    this.ledger = ledger;
    this.gate = gate;
    this.attempts = attempts;
    this.observers = observers;
    this.newPrimary = newPrimary;
    this.clock = clock;
  }

  /** How a step ends. */
  sealed interface Result {
    /** The failover is finished. */
    record Over() implements Result {}

    /** It is to be looked at again then, or when there is news. */
    record Again(Instant at, Judgement judgement) implements Result {}
  }

  Result run(FailoverId id) {
    for (int decisions = 1; ; decisions++) {
      var judgement = judge.judge(id);
      var version = judgement.failover().version();
      if (decisions < MOST_DECISIONS && followsSource(judgement)) {
        continue;
      }
      switch (judgement.decision()) {
        case ProcessDecision.Finished _ -> {
          return new Result.Over();
        }
        case ProcessDecision.Send(var endpoint) -> {
          if (attempts.attempt(judgement.failover(), endpoint)
                  instanceof CallOutcome.NotExecuted(var reason, _, var why)
              && reason == CallOutcome.Reason.HELD_BACK) {
            recordsNews(judgement, why);
            return again(judgement, clock.instant().plus(HELD_BACK_PAUSE));
          }
        }
        case ProcessDecision.Become become -> {
          if (ledger.become(id, version, become, judgement.shown())) {
            LOG.info("Failover {} is {}: {}", id, become.status(), become.why());
          }
        }
        case ProcessDecision.Finish finish -> {
          var endpoint = newPrimary.after(judgement.failover(), finish);
          if (ledger.finish(id, version, finish, judgement.shown(), endpoint)) {
            LOG.info("Failover {} is {}: {}", id, finish.status(), finish.why());
          }
        }
        case ProcessDecision.LookAgain(var at, var why) -> {
          if (!recordsNews(judgement, why) || decisions >= MOST_DECISIONS) {
            return again(judgement, at);
          }
        }
        case ProcessDecision.Observe _, ProcessDecision.ObserveTarget _ ->
            throw new IllegalStateException("a judgement has asked AWS already");
      }
      if (decisions >= MOST_DECISIONS) {
        return again(judgement, clock.instant().plus(HELD_BACK_PAUSE));
      }
    }
  }

  /** Whether it would lead away from another Region than before: then that is decided anew. */
  private boolean followsSource(Judgement judgement) {
    var failover = judgement.failover();
    var isToBeSent =
        switch (judgement.decision()) {
          case ProcessDecision.Send _ -> true;
          case ProcessDecision.LookAgain _ -> failover.status() == FailoverStatus.PENDING;
          case ProcessDecision.Become _,
              ProcessDecision.Finish _,
              ProcessDecision.Finished _,
              ProcessDecision.Observe _,
              ProcessDecision.ObserveTarget _ ->
              false;
        };
    var source = judgement.known().movedSource(failover.snapshot()).filter(_ -> isToBeSent);
    source.ifPresent(primary -> ledger.sourceMoved(failover.id(), failover.version(), primary));
    return source.isPresent();
  }

  /** Records why it waits, or what AWS shows, if that is new; true if it was. */
  private boolean recordsNews(Judgement judgement, String why) {
    var failover = judgement.failover();
    return switch (failover.status()) {
      case PENDING ->
          !why.equals(failover.cause()) && ledger.waits(failover.id(), failover.version(), why);
      case OUTCOME_UNKNOWN, PROMOTING, STALLED ->
          !judgement.shown().equals(failover.evidence())
              && judgement
                  .shown()
                  .map(shown -> ledger.observed(failover.id(), failover.version(), shown))
                  .orElse(false);
      case AWAITING_APPROVAL -> gate.reconsider(failover.id(), failover.version());
      case SCHEDULED, SWITCHING, SUCCEEDED, FAILED, DENIED, CANCELLED, EXPIRED -> false;
    };
  }

  private Result again(Judgement judgement, Instant at) {
    var failover = judgement.failover();
    if (!failover.status().isWaiting()) {
      observers.lookSoon(failover.accountId(), failover.targetRegion());
      newPrimary.readAhead(failover);
    }
    return new Result.Again(at, judgement);
  }
}
