package dev.baton.failover;

import com.github.kagkarlsson.scheduler.RepositoryClient;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import dev.baton.audit.SimulatedAuditTable;
import dev.baton.core.Actor;
import dev.baton.core.Groups;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.Host;
import dev.baton.deterministic.Transactions;
import dev.baton.failover.process.FailoverProperties;
import dev.baton.failover.process.ProcessDecision;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.Endpoint;
import dev.baton.globaldatastore.Endpoints;
import dev.baton.globaldatastore.ObservedChange;
import dev.baton.globaldatastore.RegionSeen;
import dev.baton.globaldatastore.SimulatedObserving;
import dev.baton.policy.Policies;
import dev.baton.policy.Requester;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;

/** An instance of Baton on a host: the production code, put together as Spring would. */
final class SimulatedInstance {
  static final FailoverProperties LIMITS =
      new FailoverProperties(
          Duration.ofMinutes(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(45),
          Duration.ofSeconds(60),
          8);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Host host;
  private final SimulatedTasks tasks;
  private final SchedulerClient client;
  private final CustomTask<Void> failoverTask;
  private final CustomTask<Void> observerTask;
  private final FailoverDesk desk;
  private final FailoverInterventions interventions;
  private final FailoverScheduling scheduling;

  /** What all instances share. */
  record Surroundings(
      Database database,
      SimulatedAws.Cloud cloud,
      Policies policies,
      AwsEnvironment aws,
      Troubles troubles,
      SimulatedFailovers.Rows failovers,
      SimulatedPrimaries.Rows primaries,
      SimulatedTasks.Rows tasks,
      SimulatedObserving.Rows observations,
      SimulatedAuditTable.Rows audit) {}

  SimulatedInstance(Host host, Surroundings shared) {
    this.host = host;
    var session = shared.database().connect(host);
    var transactions = new Transactions(session);
    this.tasks = new SimulatedTasks(session, shared.tasks());
    this.client = new RepositoryClient(tasks, host::instant);
    var failovers = new SimulatedFailovers(session, shared.failovers());
    var primaries = new SimulatedPrimaries(session, shared.primaries());
    var audit = SimulatedAuditTable.log(session, transactions, shared.audit());
    var events = new Events(shared.troubles());
    var observing =
        new SimulatedObserving(host, session, shared.observations(), client, shared.aws(), events);
    var observations = observing.observations();
    this.scheduling = new FailoverScheduling(always(client), noScheduler(), host);
    var policy =
        new FailoverPolicy(
            shared.policies(),
            failovers,
            primaries,
            observing.lags(),
            new TargetReadinesses(observing.readiness(new SimulatedLastFailovers(failovers))));
    var journal = new FailoverJournal(audit, primaries, host);
    this.interventions =
        transactions.around(
            new FailoverInterventions(failovers, journal, policy, scheduling, LIMITS, host));
    var ledger = transactions.around(new FailoverLedger(failovers, journal, scheduling, host));
    var gate =
        transactions.around(
            new FailoverGate(failovers, journal, policy, _ -> Optional.empty(), LIMITS, host));
    var aws = new SimulatedAws(host, shared.cloud());
    var judge =
        new FailoverJudge(failovers, aws, aws, observations, primaries, shared.aws(), LIMITS, host);
    var attempts = new FailoverAttempts(judge, policy, gate, ledger, aws);
    var step =
        new FailoverStep(
            judge, ledger, gate, attempts, observing.observers(), new NoEndpoint(), host);
    this.failoverTask = new FailoverTask(step, judge, scheduling);
    var underWay = new FailoversUnderWay(failovers, new SimulatedPromotionTimes(), scheduling);
    this.observerTask = observing.task(aws, underWay);
    var lookup = new DatastoreLookup(aws, observations, shared.aws());
    this.desk =
        new FailoverDesk(
            new FailoverPreparation(lookup, failovers, policy, shared.aws(), LIMITS, host),
            lookup,
            ledger,
            scheduling,
            audit,
            transactions.operations(),
            host);
    events.listeners(
        underWay,
        new PrimaryMoves(
            primaries,
            observations,
            failovers,
            scheduling,
            observing.observers(),
            audit,
            transactions.operations(),
            host));
  }

  private static ObjectProvider<SchedulerClient> always(SchedulerClient client) {
    return new ObjectProvider<>() {
      @Override
      public SchedulerClient getObject() {
        return client;
      }
    };
  }

  private static ObjectProvider<Scheduler> noScheduler() {
    return new ObjectProvider<>() {
      @Override
      public void ifAvailable(Consumer<Scheduler> hint) {}
    };
  }

  /** Where applications are pointed to is nothing that the process waits for. */
  private static final class NoEndpoint extends NewPrimaryEndpoint {
    @SuppressWarnings("NullAway")
    private NoEndpoint() {
      super((Endpoints) null);
    }

    @Override
    void readAhead(Failover failover) {}

    @Override
    Optional<Endpoint> after(Failover failover, ProcessDecision.Finish end) {
      return Optional.empty();
    }
  }

  private static final class Events implements ApplicationEventPublisher {
    private final Troubles troubles;
    private FailoversUnderWay underWay;
    private PrimaryMoves moves;

    private Events(Troubles troubles) {
      this.troubles = troubles;
    }

    private void listeners(FailoversUnderWay first, PrimaryMoves second) {
      underWay = first;
      moves = second;
    }

    @Override
    public void publishEvent(Object event) {
      switch (event) {
        case ObservedChange change when !troubles.strikes(Trouble.WAKE_UP_LOST, 1) ->
            underWay.wake(change);
        case RegionSeen seen -> moves.look(seen);
        default -> {}
      }
    }
  }

  Host host() {
    return host;
  }

  Failover take(FailoverRequest request, Actor requester) {
    return take(request, new Requester(requester, new Groups.Known(Set.of())));
  }

  Failover take(FailoverRequest request, Requester requester) {
    return desk.take(request, requester, _ -> {});
  }

  FailoverInterventions interventions() {
    return interventions;
  }

  Optional<Failover> resolve(FailoverId id, Resolution resolution, Actor actor) {
    return interventions.resolve(id, resolution, actor);
  }

  void wake(FailoverId id) {
    scheduling.wake(id);
  }

  /** What every start does: has each Region looked at. */
  void start() {
    observerTask.onStartup(client, host::instant);
  }

  SimulatedTasks tasks() {
    return tasks;
  }

  /** Executes a task that was picked here, as db-scheduler does. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  void execute(Execution picked) {
    var task = picked.getTaskName().equals(FailoverScheduling.TASK) ? failoverTask : observerTask;
    var began = host.instant();
    var operations = new ExecutionOperations(tasks, SchedulerListeners.NOOP, picked);
    CompletionHandler completion;
    try {
      completion = task.execute(picked.taskInstance, null);
    } catch (RuntimeException failure) {
      ScheduleRules.refuseUnexplained(failure);
      completion = (_, all) -> all.reschedule(failed(picked, began, failure), retryAt());
    }
    try {
      completion.complete(ExecutionComplete.success(picked, began, host.instant()), operations);
    } catch (RuntimeException notRecorded) {
      ScheduleRules.refuseUnexplained(notRecorded);
      // It stays picked, until somebody notices that nobody works on it any more.
    }
  }

  private ExecutionComplete failed(Execution picked, Instant began, RuntimeException failure) {
    return ExecutionComplete.failure(picked, began, host.instant(), failure);
  }

  private Instant retryAt() {
    return host.instant().plus(RETRY);
  }
}
