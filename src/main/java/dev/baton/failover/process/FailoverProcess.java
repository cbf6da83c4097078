package dev.baton.failover.process;

import dev.baton.core.FailoverMode;
import dev.baton.failover.process.ProcessDecision.Finished;
import java.time.Instant;

/**
 * Decides what to do next about a failover. A pure function: no clock, no database, no AWS in it.
 */
public final class FailoverProcess {
  private final BeforeTheCall beforeTheCall;
  private final AfterTheCall afterTheCall;
  private final Detachment detachment;

  public FailoverProcess(FailoverProperties limits) {
    this.beforeTheCall = new BeforeTheCall(limits);
    this.afterTheCall = new AfterTheCall(limits);
    this.detachment = new Detachment(limits);
  }

  public ProcessDecision decide(FailoverSnapshot failover, Known known, Instant now) {
    var isDetach = failover.mode() == FailoverMode.DETACH;
    return switch (failover.status()) {
      case AWAITING_APPROVAL -> BeforeItsTime.awaitingApproval(failover, now);
      case SCHEDULED -> BeforeItsTime.scheduled(failover, now);
      case PENDING -> beforeTheCall.decide(failover, known, now);
      case SWITCHING -> AfterTheCall.switching(failover, now);
      case OUTCOME_UNKNOWN ->
          isDetach
              ? detachment.decide(failover, known, now)
              : afterTheCall.outcomeUnknown(failover, known, now);
      case PROMOTING, STALLED ->
          isDetach
              ? detachment.decide(failover, known, now)
              : afterTheCall.promoting(failover, known.facts(), now);
      case SUCCEEDED, FAILED, DENIED, CANCELLED, EXPIRED -> new Finished();
    };
  }
}
