package dev.baton.failover;

import dev.baton.audit.AuditLog;
import dev.baton.audit.AuditStream;
import dev.baton.core.Actor;
import dev.baton.failover.primary.RecordedPrimaries;
import dev.baton.failover.primary.RecordedPrimary;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.globaldatastore.Endpoint;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes down what changes a failover, in the transaction that changes it. */
@Component
class FailoverJournal {
  private final AuditLog audit;
  private final RecordedPrimaries primaries;
  private final InstantSource clock;

  FailoverJournal(AuditLog audit, RecordedPrimaries primaries, InstantSource clock) {
    this.audit = audit;
    this.primaries = primaries;
    this.clock = clock;
  }

  static AuditStream stream(FailoverId id) {
    return AuditStream.of("failover", id);
  }

  /** What Baton did by itself. */
  void append(Failover failover, FailoverEvent event, Map<String, Object> data) {
    append(failover, event, Actor.BATON, data);
  }

  void append(Failover failover, FailoverEvent event, Actor actor, Map<String, Object> data) {
    append(failover.id(), event, actor, data);
  }

  /** Something that changes nothing about it, and for which nobody need lock its row. */
  void appendTo(FailoverId id, FailoverEvent event, Map<String, Object> data) {
    append(id, event, Actor.BATON, data);
  }

  private void append(FailoverId id, FailoverEvent event, Actor actor, Map<String, Object> data) {
    audit.append(stream(id), event.name(), actor, clock.instant(), data);
  }

  /**
   * Ends a failover.
   *
   * @param endpoint where applications are to be pointed to, as far as that is known
   */
  void end(
      Failover failover,
      ProcessDecision.Finish end,
      Actor actor,
      Optional<Evidence> shown,
      Optional<Endpoint> endpoint) {
    failover.finish(end.status(), end.effect(), end.why(), shown, clock.instant());
    endpoint.ifPresent(failover::newPrimaryAnswersAt);
    recordMove(failover);
    append(failover, FailoverEvent.ofEnd(end.status()), actor, FailoverEntries.finished(failover));
  }

  /** In the transaction of its success, so that nobody takes the move for somebody else's. */
  private void recordMove(Failover failover) {
    if (failover.status() == FailoverStatus.SUCCEEDED
        && failover.effect() == FailoverEffect.PROMOTED) {
      var since = failover.evidence().map(Evidence::since).orElseGet(clock::instant);
      primaries.move(
          failover.accountId(),
          failover.globalReplicationGroupId(),
          failover.sourceRegion(),
          new RecordedPrimary(failover.targetRegion(), since, clock.instant()),
          Optional.of(failover.id().value()));
    }
  }
}
