package dev.baton.failover;

import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import dev.baton.audit.SimulatedAuditTable;
import dev.baton.core.FailoverMode;
import dev.baton.deterministic.Host;
import dev.baton.deterministic.Timeline;
import dev.baton.failover.Coverage.Edge;
import dev.baton.failover.process.FailoverEffect;
import dev.baton.failover.process.FailoverStatus;
import dev.baton.problem.ProblemException;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * What must hold in every schedule, after every step: the promises of Baton's design, told from
 * what is committed, what leaves, what AWS does, and nothing else.
 */
final class ScheduleRules implements SimulatedAws.Witness {
  /** What runs for which failover, by the thread it runs on. */
  static final ThreadLocal<FailoverId> EXECUTING = new ThreadLocal<>();

  private final Timeline timeline;
  private final SimulatedFailovers.Rows failovers;
  private final SimulatedAuditTable.Rows audit;
  private final Duration clockError;
  private final Coverage coverage = new Coverage();

  private final Map<UUID, Set<Trouble>> sinceLastEdge = new HashMap<>();
  private final Map<UUID, Integer> effects = new HashMap<>();
  private final Map<UUID, Integer> inFlight = new HashMap<>();
  private final Map<Call, Long> sendableUntil = new HashMap<>();
  private final Set<Call> sent = new HashSet<>();
  private final Set<UUID> endedByPerson = new HashSet<>();
  private final Set<String> movedByOthers = new HashSet<>();
  private Optional<SimulatedAws.Cloud> cloud = Optional.empty();
  private final List<String> happened = new ArrayList<>();
  private int calls;

  private record Call(UUID failover, int attempt) {}

  /** Something that must never be was seen. */
  static final class Broken extends AssertionError {
    private static final long serialVersionUID = 1;

    Broken(String what) {
      super(what);
    }
  }

  /**
   * A database that is away and a request that is turned away are part of every schedule; anything
   * else that is thrown is a defect.
   */
  static void refuseUnexplained(RuntimeException failure) {
    if (!(failure instanceof DataAccessException
        || failure instanceof TransactionException
        || failure instanceof DbSchedulerException
        || failure instanceof ProblemException)) {
      throw new AssertionError("nothing that happened explains this", failure);
    }
  }

  /**
   * The rules of a schedule.
   *
   * @param clockError how far two clocks may be apart at the most
   */
  ScheduleRules(
      Timeline timeline,
      SimulatedFailovers.Rows failovers,
      SimulatedAuditTable.Rows audit,
      Duration clockError) {
    this.timeline = timeline;
    this.failovers = failovers;
    this.audit = audit;
    this.clockError = clockError;
    failovers.table.whenChanged(this::changed);
  }

  void watch(SimulatedAws.Cloud watched) {
    cloud = Optional.of(watched);
  }

  Coverage coverage() {
    return coverage;
  }

  int calls() {
    return calls;
  }

  void struck(Trouble trouble) {
    if (trouble != Trouble.STALE) {
      happens(trouble.name());
    }
    failovers.table.committed().stream()
        .filter(failover -> failover.finishedAt().isEmpty())
        .forEach(failover ->
            sinceLastEdge
                .computeIfAbsent(failover.getId(), _ -> EnumSet.noneOf(Trouble.class))
                .add(trouble));
  }

  /**
   * A person says how it ended: what they say is theirs. A promotion that goes on all the same is
   * nobody's then.
   */
  void endsByPerson(Failover failover) {
    endedByPerson.add(failover.getId());
    movedByOthers.add(failover.globalReplicationGroupId().value());
  }

  /** What happened at AWS and to the instances, for whoever has to find out why a rule broke. */
  List<String> happened() {
    return happened;
  }

  void happens(String what) {
    happened.add(timeline.instant() + " " + what);
  }

  void movedByOthers(String datastore) {
    happens("somebody else moves " + datastore);
    movedByOthers.add(datastore);
    // Who undoes a promotion before anybody has seen it can't be told from no promotion at all.
    failovers.table.committed().stream()
        .filter(failover -> failover.globalReplicationGroupId().value().equals(datastore))
        .forEach(failover -> effects.remove(failover.getId()));
  }

  private void changed(Optional<Failover> before, Optional<Failover> after) {
    var now = after.orElseThrow(() -> new Broken("a failover was deleted"));
    if (before.isEmpty()) {
      refuseSecond(now);
      return;
    }
    var was = before.get();
    if (was.status().isFinished()) {
      throw new Broken("%s was changed after its end".formatted(show(now)));
    }
    if (was.status() == now.status()) {
      return;
    }
    var edge = new Edge(was.status(), now.status());
    if (!was.status().successors().contains(now.status())) {
      throw new Broken("%s went from %s".formatted(show(now), was.status()));
    }
    var behind = sinceLastEdge.computeIfAbsent(now.getId(), _ -> EnumSet.noneOf(Trouble.class));
    coverage.add(edge, behind);
    behind.removeIf(trouble -> !trouble.isOfCall() || now.status() == FailoverStatus.SWITCHING);
    if (now.status() == FailoverStatus.SWITCHING) {
      var attempt = now.attempts().getLast();
      var time = Duration.between(attempt.intendedAt(), attempt.sendBefore());
      sendableUntil.put(new Call(now.getId(), attempt.number()), timeline.nanos() + time.toNanos());
    }
    if (now.status().isFinished()) {
      ended(now);
    }
  }

  private void refuseSecond(Failover opened) {
    var unfinished =
        failovers.table.committed().stream()
            .filter(failover -> failover.finishedAt().isEmpty())
            .filter(failover ->
                failover.globalReplicationGroupId().equals(opened.globalReplicationGroupId()))
            .count();
    if (unfinished > 1) {
      throw new Broken("%s is the second unfinished one".formatted(show(opened)));
    }
  }

  @Override
  public FailoverId leaves(Host host, Instant sendBefore) {
    calls++;
    var id = Optional.ofNullable(EXECUTING.get()).orElseThrow();
    var failover =
        failovers.table.committed(id.value()).orElseThrow(() -> new Broken("a call for nothing"));
    var attempts =
        failover.attempts().stream().filter(one -> one.sendBefore().equals(sendBefore)).toList();
    if (attempts.isEmpty()) {
      throw new Broken("%s: a call without an intent".formatted(show(failover)));
    }
    var attempt =
        attempts.stream()
            .filter(one -> !sent.contains(new Call(id.value(), one.number())))
            .findFirst()
            .orElseThrow(() -> new Broken("%s: a call was sent twice".formatted(show(failover))));
    var intents =
        audit.types(FailoverJournal.stream(id)).stream()
            .filter(FailoverEvent.CALL_INTENDED.name()::equals)
            .count();
    if (intents < attempt.number()) {
      throw new Broken("%s: a call without an entry before it".formatted(show(failover)));
    }
    var call = new Call(id.value(), attempt.number());
    sent.add(call);
    if (!host.instant().isBefore(sendBefore)
        || timeline.nanos() > sendableUntil.get(call) + clockError.toNanos()) {
      throw new Broken("%s: attempt %d was sent late".formatted(show(failover), attempt.number()));
    }
    refuseWhatIsDone(failover);
    failovers.table.committed().stream()
        .filter(one -> one.globalReplicationGroupId().equals(failover.globalReplicationGroupId()))
        .filter(one -> inFlight.getOrDefault(one.getId(), 0) > 0)
        .findFirst()
        .ifPresent(one -> {
          throw new Broken(
              "%s: sent while a call of %s was on its way".formatted(show(failover), show(one)));
        });
    inFlight.merge(id.value(), 1, Integer::sum);
    happens("%s sends attempt %d of %s".formatted(host.name(), attempt.number(), id));
    return id;
  }

  /** Nobody asks AWS for what Baton has just seen done. */
  private void refuseWhatIsDone(Failover failover) {
    failovers.table.committed().stream()
        .filter(one -> one.globalReplicationGroupId().equals(failover.globalReplicationGroupId()))
        .filter(one -> one.effect() == FailoverEffect.PROMOTED)
        .max(Comparator.comparing(one -> one.finishedAt().orElseThrow()))
        .filter(last -> last.targetRegion().equals(failover.targetRegion()))
        .filter(_ -> !wasMovedByOthers(failover))
        .ifPresent(last -> {
          throw new Broken("%s: it calls for what %s did".formatted(show(failover), show(last)));
        });
  }

  @Override
  public void isLost(FailoverId by) {
    inFlight.merge(by.value(), -1, Integer::sum);
  }

  @Override
  public void lands(FailoverId by, FailoverMode mode, SimulatedWorld.Answer answer) {
    isLost(by);
    happens("a call of %s has landed: %s".formatted(by, answer));
    var failover = failovers.table.committed(by.value()).orElseThrow();
    if (failover.status().isFinished()) {
      throw new Broken("%s: a call arrived after its end".formatted(show(failover)));
    }
    if (answer instanceof SimulatedWorld.Answer.Accepted(var promotions)) {
      var effective = mode == FailoverMode.DETACH ? 1 : promotions;
      if (effects.merge(by.value(), effective, Integer::sum) > 1) {
        throw new Broken("%s: it had its effect twice".formatted(show(failover)));
      }
    }
  }

  private int effects(Failover failover) {
    return effects.getOrDefault(failover.getId(), 0);
  }

  private void ended(Failover failover) {
    if (endedByPerson.contains(failover.getId())) {
      return;
    }
    switch (failover.effect()) {
      case PROMOTED -> {
        refuseUnless(failover.status() == FailoverStatus.SUCCEEDED, failover);
        refuseUnless(isPrimary(failover), failover);
        refuseUnless(effects(failover) == 1 || wasMovedByOthers(failover), failover);
      }
      case ALREADY_PRIMARY -> {
        refuseUnless(isPrimary(failover), failover);
        refuseUnless(effects(failover) == 0, failover);
      }
      case DETACHED -> refuseUnless(hasLeft(failover), failover);
      case NONE -> refuseUnless(effects(failover) == 0 || wasMovedByOthers(failover), failover);
      case UNKNOWN -> refuseUnless(failover.status() == FailoverStatus.FAILED, failover);
    }
  }

  private void refuseUnless(boolean holds, Failover failover) {
    if (!holds) {
      throw new Broken(
          "%s ended with %s, but it had its effect %d times, and AWS shows %s"
              .formatted(show(failover), failover.effect(), effects(failover), truth(failover)));
    }
  }

  /** Somebody else's move may come between what was shown and what is. */
  private boolean isPrimary(Failover failover) {
    var truth = truth(failover);
    var isPrimary =
        truth.members().stream()
            .allMatch(member ->
                member.status().equals("associated")
                    && (member.role() == SimulatedDatastore.Role.PRIMARY)
                        == member
                            .replicationGroupId()
                            .equals(failover.targetReplicationGroupId().value()));
    return wasMovedByOthers(failover) || (isPrimary && isAtRest(truth));
  }

  /** Also what is left when the last secondary has gone. */
  private static boolean isAtRest(SimulatedDatastore truth) {
    return truth.status().equals("available")
        || (truth.status().equals("primary-only") && truth.members().size() == 1);
  }

  private boolean wasMovedByOthers(Failover failover) {
    return movedByOthers.contains(failover.globalReplicationGroupId().value());
  }

  private SimulatedDatastore truth(Failover failover) {
    return cloud
        .orElseThrow()
        .world
        .at(failover.globalReplicationGroupId().value(), timeline.instant());
  }

  private boolean hasLeft(Failover failover) {
    return cloud
        .orElseThrow()
        .world
        .hasLeft(
            failover.targetRegion().name(),
            failover.targetReplicationGroupId().value(),
            timeline.instant());
  }

  /** At the very end: nothing came of a call after all, and the log tells the whole story. */
  void refuseIncomplete() {
    for (var failover : failovers.table.committed()) {
      if (!failover.status().isFinished()) {
        throw new Broken("%s never ended: %s".formatted(show(failover), failover.cause()));
      }
      if (failover.effect() == FailoverEffect.NONE
          && !endedByPerson.contains(failover.getId())
          && !wasMovedByOthers(failover)) {
        refuseUnless(effects(failover) == 0, failover);
      }
      refuseUntold(failover);
    }
    refuseIncompleteLog();
  }

  /** The log tells of no more and no less than has happened so far. */
  void refuseIncompleteLog() {
    audit
        .broken()
        .ifPresent(entry -> {
          throw new Broken("the chain breaks at " + entry);
        });
  }

  private void refuseUntold(Failover failover) {
    var told = audit.told(FailoverJournal.stream(failover.id()));
    var intents = told.stream().filter(entry -> entry.contains(" CALL_INTENDED ")).count();
    var answers =
        told.stream()
            .filter(
                entry -> entry.contains(" CALL_ANSWERED ") || entry.contains("CALL_ANSWER_LOST"))
            .count();
    var hasEnd =
        told.stream().anyMatch(entry -> entry.contains("\"status\":\"" + failover.status() + '"'));
    if (intents != failover.attempts().size() || answers != intents || !hasEnd) {
      throw new Broken("%s: the audit log doesn't tell all of it".formatted(show(failover)));
    }
  }

  private static String show(Failover failover) {
    return "%s %s (%s to %s)"
        .formatted(failover.mode(), failover.id(), failover.status(), failover.targetRegion());
  }
}
