package dev.baton.failover;

import dev.baton.core.Region;
import dev.baton.failover.FailoverGate.Passage;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.globaldatastore.CallOutcome;
import dev.baton.globaldatastore.DetachCall;
import dev.baton.globaldatastore.FailoverCall;
import dev.baton.globaldatastore.GlobalDatastoreChanges;
import org.springframework.stereotype.Component;

/**
 * Makes attempts: check again, record the intent, send, record the outcome. Only the execution that
 * wrote the intent sends it, and whatever goes wrong in between leaves the intent to tell of it.
 */
@Component
class FailoverAttempts {
  private final FailoverJudge judge;
  private final FailoverPolicy policy;
  private final FailoverGate gate;
  private final FailoverLedger ledger;
  private final GlobalDatastoreChanges changes;

  FailoverAttempts(
      FailoverJudge judge,
      FailoverPolicy policy,
      FailoverGate gate,
      FailoverLedger ledger,
      GlobalDatastoreChanges changes) {
    this.judge = judge;
    this.policy = policy;
    this.gate = gate;
    this.ledger = ledger;
    this.changes = changes;
  }

  /** An attempt at this Region's endpoint. */
  CallOutcome attempt(Failover failover, Region endpoint) {
    // Before the facts are read: they must not grow old while this is waited for.
    var foundOut = policy.findOut(failover);
    return changes.attempt(
        failover.accountId(),
        endpoint,
        failover.mode(),
        () -> once(failover.id(), endpoint, foundOut));
  }

  private CallOutcome once(FailoverId id, Region endpoint, FoundOut foundOut) {
    var judgement = judge.judge(id);
    // Another endpoint's turn is another Region's breaker and bulkhead.
    if (!judgement.decision().equals(new ProcessDecision.Send(endpoint))) {
      return withheld("it was decided otherwise right before the call");
    }
    var passage =
        gate.intend(
            id, judgement.failover().version(), judgement.known(), foundOut, changes.callTimeout());
    return switch (passage) {
      case Passage.Open open -> send(open);
      case Passage.Held(var why) ->
          new CallOutcome.NotExecuted(CallOutcome.Reason.HELD_BACK, "Held", why);
      case Passage.Shut _ ->
          withheld("policy refused it, it was changed, or time ran out, right before the call");
    };
  }

  private CallOutcome send(Passage.Open intent) {
    var failover = intent.failover();
    var attempt = intent.attempt();
    var answer =
        switch (failover.mode()) {
          case SWITCHOVER, FAILOVER ->
              changes.failOver(
                  new FailoverCall(
                      failover.accountId(),
                      attempt.region(),
                      failover.globalReplicationGroupId(),
                      failover.targetRegion(),
                      failover.targetReplicationGroupId(),
                      attempt.sendBefore()));
          case DETACH ->
              changes.detach(
                  new DetachCall(
                      failover.accountId(),
                      attempt.region(),
                      failover.globalReplicationGroupId(),
                      failover.targetRegion(),
                      failover.targetReplicationGroupId(),
                      attempt.sendBefore()));
        };
    ledger.answered(failover.id(), attempt.number(), answer);
    return answer;
  }

  private static CallOutcome withheld(String why) {
    return new CallOutcome.NotExecuted(CallOutcome.Reason.WITHHELD, "Withheld", why);
  }
}
