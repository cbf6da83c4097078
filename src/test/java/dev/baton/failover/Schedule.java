package dev.baton.failover;

import com.github.kagkarlsson.scheduler.task.Execution;
import dev.baton.audit.SimulatedAuditTable;
import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.deterministic.Chance;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.Host;
import dev.baton.deterministic.Timeline;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.SimulatedObserving;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.Fact;
import dev.baton.policy.Judgement;
import dev.baton.policy.Policies;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.PolicyFacts;
import dev.baton.policy.PolicyRequest;
import dev.baton.policy.RuleOutcome;
import dev.baton.policy.RuleResult;
import dev.baton.problem.ProblemException;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A few instances of Baton, people who ask them for failovers, and trouble: everything that happens
 * follows from one seed. Trouble ends at some time, and then everything must come to its end.
 */
final class Schedule {
  private static final AccountId ACCOUNT = new AccountId("111122223333");
  private static final List<Region> REGIONS =
      List.of(new Region("us-east-1"), new Region("us-west-2"), new Region("eu-west-1"));
  private static final Actor ALICE = new Actor("alice", Actor.Kind.PERSON);

  /** Half of what two clocks may differ by: a bit less than {@code baton.failover.lands-margin}. */
  private static final Duration CLOCK_ERROR = Duration.ofMillis(450);

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration HEARTBEATS_MISSED = Duration.ofSeconds(4);

  private final Chance chance;
  private final Timeline timeline = new Timeline();
  private final Troubles troubles;
  private final ScheduleRules rules;
  private final SimulatedInstance.Surroundings shared;
  private final List<SimulatedInstance> instances = new ArrayList<>();
  private final List<String> datastores = new ArrayList<>();
  private final Set<UUID> accepted = new HashSet<>();
  private final Map<Execution, Host> executing = new IdentityHashMap<>();
  private final int most;
  private int started;
  private int unfinishedErrands;
  private Instant refusesFrom = Instant.MAX;
  private Instant refusesUntil = Instant.MAX;

  /**
   * What came of a schedule.
   *
   * @param counts whether it had two instances, a trouble and a call
   * @param trace what was recorded, and when
   */
  record Outcome(boolean counts, int calls, Coverage coverage, List<String> trace) {}

  /** A schedule in which a rule was broken. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failed(long seed, String story, Throwable cause) {
      super("seed %d: %s%n%s".formatted(seed, rootOf(cause).getMessage(), story), cause);
    }

    private static Throwable rootOf(Throwable failure) {
      var root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return root;
    }
  }

  private Schedule(long seed) {
    this.chance = new Chance(seed);
    this.most = chance.of(0.6) ? 2 : 3;
    var failovers = new SimulatedFailovers.Rows();
    var tasks = new SimulatedTasks.Rows();
    var audit = new SimulatedAuditTable.Rows();
    this.rules = new ScheduleRules(timeline, failovers, audit, CLOCK_ERROR.multipliedBy(2));
    this.troubles = new Troubles(chance, this::struck, this::kill);
    var cloud = new SimulatedAws.Cloud(timeline, chance, troubles, rules);
    rules.watch(cloud);
    this.shared =
        new SimulatedInstance.Surroundings(
            new Database(timeline, troubles),
            cloud,
            new ChangingPolicies(),
            new AwsEnvironment(ACCOUNT, REGIONS, Optional.of(URI.create("http://127.0.0.1"))),
            troubles,
            failovers,
            new SimulatedPrimaries.Rows(),
            tasks,
            new SimulatedObserving.Rows(),
            audit);
    tasks.table.whenChanged((_, after) -> after.ifPresent(this::follow));
    failovers.table.whenChanged((_, after) -> after.ifPresent(this::askAgain));
  }

  /** Runs the schedule that follows from a seed. */
  static Outcome run(long seed) {
    var schedule = new Schedule(seed);
    try {
      return schedule.run();
    } catch (RuntimeException | Error broken) {
      throw new Failed(seed, schedule.story(), broken);
    } finally {
      schedule.abandon();
    }
  }

  private Outcome run() {
    while (instances.size() < most) {
      start();
    }
    var count = chance.of(0.25) ? 2 : 1;
    for (int number = 1; number <= count; number++) {
      addDatastore("ldgnf-d" + number);
    }
    scheduleErrands();
    scheduleTroubles();
    timeline.runUntil(troubles::areOver, Duration.ofMinutes(5));
    timeline.runUntil(this::isAtRest, PATIENCE);
    // Calls that were given up may still arrive.
    timeline.runUntil(() -> false, timeline.elapsed().plusSeconds(15));
    rules.refuseIncomplete();
    refuseLost();
    return new Outcome(
        started > 1 && !troubles.struck().isEmpty() && rules.calls() > 0,
        rules.calls(),
        rules.coverage(),
        shared.audit().trace());
  }

  private boolean isAtRest() {
    return unfinishedErrands == 0
        && shared.failovers().table.committed().stream()
            .allMatch(failover -> failover.status().isFinished())
        && shared.tasks().table.committed().stream().noneMatch(Schedule::isOfFailover);
  }

  private static boolean isOfFailover(Execution task) {
    return task.getTaskName().equals(FailoverScheduling.TASK);
  }

  private void refuseLost() {
    accepted.stream()
        .filter(id -> shared.failovers().table.committed(id).isEmpty())
        .findFirst()
        .ifPresent(id -> {
          throw new ScheduleRules.Broken("%s was accepted and is lost".formatted(id));
        });
    shared.tasks().table.committed().stream()
        .filter(Schedule::isOfFailover)
        .findFirst()
        .ifPresent(task -> {
          throw new ScheduleRules.Broken("a task was left: " + task);
        });
  }

  /** Everything that still waits comes to its end, so that no thread is left. */
  private void abandon() {
    troubles.end();
    instances.forEach(instance -> instance.host().die());
    try {
      timeline.drain();
    } catch (RuntimeException alreadyTold) {
      // What went wrong was thrown before.
    }
  }

  private String story() {
    return "%s, tasks %s%n%s%n"
            .formatted(
                timeline.elapsed(),
                shared.tasks().table,
                String.join(System.lineSeparator(), rules.happened()))
        + shared.failovers().table.committed().stream()
            .map(failover ->
                "%s %s %s%n  %s"
                    .formatted(
                        failover.id(),
                        failover.mode(),
                        failover.globalReplicationGroupId(),
                        shared.audit().told(FailoverLedger.stream(failover.id())).stream()
                            .collect(Collectors.joining(System.lineSeparator() + "  "))))
            .collect(Collectors.joining(System.lineSeparator()));
  }

  // Instances

  private void start() {
    var host = new Host("instance-" + ++started, timeline);
    host.setClockError(clockError());
    var instance = new SimulatedInstance(host, shared);
    instances.add(instance);
    on(instance, SimulatedInstance::start);
  }

  private Duration clockError() {
    return chance.between(CLOCK_ERROR.negated(), CLOCK_ERROR);
  }

  private void kill(Host host) {
    host.die();
    var dead = instances.stream().filter(one -> one.host() == host).findFirst();
    dead.ifPresent(instances::remove);
    timeline.after(chance.seconds(1, 10), this::start);
  }

  /** Does something on an instance; what is thrown there ends only that. */
  private void on(SimulatedInstance instance, Consumer<SimulatedInstance> errand) {
    timeline.begin(() -> {
      try {
        errand.accept(instance);
      } catch (RuntimeException failure) {
        // Whoever asked for it sees an error; what became of it is for others to find out.
      }
    });
  }

  private Optional<SimulatedInstance> anyRunning() {
    var running = instances.stream().filter(one -> one.host().isRunning()).toList();
    return running.isEmpty() ? Optional.empty() : Optional.of(chance.oneOf(running));
  }

  // Tasks

  private void follow(Execution task) {
    if (task.picked) {
      watch(task);
    } else {
      timeline.at(
          task.executionTime, () -> timeline.after(chance.millis(1, 100), () -> offer(task)));
    }
  }

  private boolean isAsBefore(Execution task) {
    return shared
        .tasks()
        .table
        .committed(SimulatedTasks.key(task))
        .filter(now -> now.version == task.version)
        .isPresent();
  }

  private void offer(Execution due) {
    if (!isAsBefore(due)) {
      return;
    }
    anyRunning()
        .filter(instance -> !instance.host().instant().isBefore(due.executionTime))
        .ifPresent(instance -> on(instance, one -> pick(one, due)));
    // Whoever was offered it may have no luck.
    timeline.after(chance.millis(200, 1_000), () -> offer(due));
  }

  private void pick(SimulatedInstance instance, Execution due) {
    instance
        .tasks()
        .pick(due, instance.host().instant())
        .ifPresent(execution -> execute(instance, execution));
  }

  private void execute(SimulatedInstance instance, Execution execution) {
    if (isOfFailover(execution)) {
      ScheduleRules.EXECUTING.set(new FailoverId(UUID.fromString(execution.getId())));
    }
    executing.put(execution, instance.host());
    instance.execute(execution);
    executing.remove(execution);
  }

  /** Heartbeats that stay away for long enough have somebody else take it over. */
  private void watch(Execution picked) {
    timeline.after(
        HEARTBEATS_MISSED.dividedBy(2).plus(chance.millis(0, 1_000)),
        () -> {
          if (isAsBefore(picked)) {
            if (hasHeartbeat(picked)) {
              watch(picked);
            } else {
              timeline.after(HEARTBEATS_MISSED.dividedBy(2), () -> reviveUnlessBack(picked));
            }
          }
        });
  }

  private boolean hasHeartbeat(Execution picked) {
    return Optional.ofNullable(executing.get(picked)).filter(Host::isRunning).isPresent();
  }

  private void reviveUnlessBack(Execution picked) {
    if (hasHeartbeat(picked)) {
      watch(picked);
    } else {
      revive(picked);
    }
  }

  /** Another instance has noticed that nobody works on it any more. */
  private void revive(Execution lost) {
    if (!isAsBefore(lost)) {
      return;
    }
    anyRunning()
        .ifPresent(instance ->
            on(instance, one -> one.tasks().reschedule(lost, one.host().instant(), null, null, 0)));
    watch(lost);
  }

  // People

  private void addDatastore(String id) {
    var name = id.substring(id.indexOf('-') + 1);
    var members = new ArrayList<Member>();
    members.add(Member.primary(name + "-a", REGIONS.get(0).name()));
    members.add(Member.secondary(name + "-b", REGIONS.get(1).name()));
    if (chance.of(0.5)) {
      members.add(Member.secondary(name + "-c", REGIONS.get(2).name()));
    }
    shared.cloud().world.add(SimulatedDatastore.of(id, members.toArray(Member[]::new)));
    datastores.add(id);
  }

  private void scheduleErrands() {
    for (int request = 1 + chance.below(4); request > 0; request--) {
      errandAt(chance.seconds(0, 40), this::requestSomething);
    }
    if (chance.of(0.15)) {
      errandAt(chance.seconds(30, 120), this::detachWhatIsOpen);
    }
    if (chance.of(0.1)) {
      errandAt(chance.seconds(20, 120), this::resolveWhatIsOpen);
    }
    if (chance.of(0.15)) {
      timeline.after(chance.seconds(1, 40), this::moveByOthers);
    }
    if (chance.of(0.1)) {
      refusesFrom = timeline.instant().plus(chance.seconds(0, 30));
      refusesUntil = refusesFrom.plus(chance.seconds(5, 60));
    }
  }

  private void errandAt(Duration time, Consumer<SimulatedInstance> errand) {
    unfinishedErrands++;
    timeline.after(time, () -> begin(errand));
  }

  private void begin(Consumer<SimulatedInstance> errand) {
    anyRunning()
        .ifPresentOrElse(
            instance ->
                on(
                    instance,
                    one -> {
                      try {
                        errand.accept(one);
                      } finally {
                        unfinishedErrands--;
                      }
                    }),
            () -> timeline.after(chance.seconds(1, 2), () -> begin(errand)));
  }

  private void requestSomething(SimulatedInstance instance) {
    var datastore = chance.oneOf(datastores);
    var truth = shared.cloud().world.at(datastore, timeline.instant());
    var others = secondaries(truth);
    if (others.isEmpty()) {
      return;
    }
    var target = new Region(chance.oneOf(others).region());
    var mode =
        chance.of(0.55)
            ? FailoverMode.FAILOVER
            : chance.of(0.8) ? FailoverMode.SWITCHOVER : FailoverMode.DETACH;
    request(instance, datastore, target, mode, Optional.empty());
  }

  private void request(
      SimulatedInstance instance,
      String datastore,
      Region target,
      FailoverMode mode,
      Optional<UUID> supersedes) {
    var startBefore =
        chance.of(0.2)
            ? Optional.of(instance.host().instant().plus(chance.seconds(3, 30)))
            : Optional.<Instant>empty();
    var wanted =
        new FailoverRequest(
            ACCOUNT,
            new GlobalDatastoreId(datastore),
            target,
            Optional.empty(),
            mode,
            "reason",
            Optional.empty(),
            chance.of(0.25) ? Optional.of(chance.oneOf(REGIONS)) : Optional.empty(),
            mode.isRescue(),
            startBefore,
            supersedes);
    try {
      accepted.add(instance.take(wanted, ALICE).getId());
    } catch (ProblemException turnedAway) {
      if (turnedAway.problem().type().status() == 409 && chance.of(0.7)) {
        errandAt(
            chance.seconds(1, 20),
            other -> request(other, datastore, target, mode, Optional.empty()));
      }
    }
  }

  /** Somebody who has not yet heard of a success asks for the same once more. */
  private void askAgain(Failover failover) {
    if (failover.status() == FailoverStatus.SUCCEEDED && chance.of(0.25)) {
      errandAt(
          chance.millis(0, 3_000),
          instance ->
              request(
                  instance,
                  failover.globalReplicationGroupId().value(),
                  failover.targetRegion(),
                  FailoverMode.FAILOVER,
                  Optional.empty()));
    }
  }

  private Optional<Failover> anyOpen() {
    return shared.failovers().table.committed().stream().filter(Succession::isOpen).findFirst();
  }

  private void detachWhatIsOpen(SimulatedInstance instance) {
    anyOpen()
        .ifPresent(open ->
            request(
                instance,
                open.globalReplicationGroupId().value(),
                open.targetRegion(),
                FailoverMode.DETACH,
                Optional.of(open.getId())));
  }

  private void resolveWhatIsOpen(SimulatedInstance instance) {
    anyOpen()
        .ifPresent(open -> {
          rules.endsByPerson(open);
          instance.resolve(
              open.id(), new Resolution(Resolution.Outcome.UNKNOWN, "who knows"), ALICE);
        });
  }

  private void struck(Trouble trouble) {
    rules.struck(trouble);
    // Where a call seems to have no effect, somebody loses patience now and then.
    if ((trouble == Trouble.CALL_LATE || trouble == Trouble.CALL_LOST) && chance.of(0.25)) {
      timeline.after(chance.millis(0, 1_000), this::moveByOthers);
    }
  }

  private void moveByOthers() {
    var datastore = chance.oneOf(datastores);
    var truth = shared.cloud().world.at(datastore, timeline.instant());
    var others = secondaries(truth);
    if (others.isEmpty()) {
      return;
    }
    var target = chance.oneOf(others);
    var world = shared.cloud().world;
    var now = timeline.instant();
    rules.movedByOthers(datastore);
    if (chance.of(0.4)) {
      world.disassociate(
          datastore, target.region(), target.region(), target.replicationGroupId(), now);
    } else {
      world.promote(
          datastore,
          target.region(),
          target.region(),
          target.replicationGroupId(),
          shared.cloud().quickPlan(),
          now);
    }
  }

  private static List<Member> secondaries(SimulatedDatastore truth) {
    return truth.members().stream()
        .filter(member -> member.role() != SimulatedDatastore.Role.PRIMARY)
        .toList();
  }

  private final class ChangingPolicies implements Policies {
    @Override
    public Judgement judge(PolicyRequest request, PolicyFacts facts) {
      var refuses =
          !timeline.instant().isBefore(refusesFrom) && timeline.instant().isBefore(refusesUntil);
      var decision =
          refuses
              ? new PolicyDecision(
                  DecisionOutcome.REFUSED,
                  List.of(new RuleResult("frozen", "p", 1, RuleOutcome.REFUSED, "", "", "wait")))
              : new PolicyDecision(DecisionOutcome.PASSED, List.of());
      return new Judgement(decision, List.of(), List.of());
    }

    @Override
    public Set<Fact> looksAt(PolicyRequest request) {
      return Set.of();
    }
  }

  // Trouble

  private void scheduleTroubles() {
    var end = chance.seconds(20, 90);
    timeline.after(end, this::calm);
    trouble(
        end,
        Trouble.REGION_DARK,
        6,
        () -> shared.cloud().darken(chance.oneOf(REGIONS), chance.seconds(2, 40)));
    trouble(
        end,
        Trouble.CLOCK_JUMPED,
        10,
        () -> anyRunning().ifPresent(instance -> instance.host().setClockError(clockError())));
    trouble(
        end,
        Trouble.WAKE_UP_REPEATED,
        20,
        () ->
            shared
                .failovers()
                .table
                .committed()
                .forEach(failover ->
                    anyRunning().ifPresent(one -> on(one, it -> it.wake(failover.id())))));
    trouble(end, Trouble.KILLED, 4, () -> anyRunning().ifPresent(one -> kill(one.host())));
    trouble(
        end,
        Trouble.PAUSED,
        4,
        () -> anyRunning().ifPresent(one -> one.host().pause(chance.seconds(1, 40))));
  }

  private void trouble(Duration end, Trouble kind, int atMost, Runnable strike) {
    for (int number = chance.below(atMost + 1); number > 0; number--) {
      timeline.after(
          chance.between(Duration.ZERO, end),
          () -> {
            if (troubles.strikes(kind, 1)) {
              strike.run();
            }
          });
    }
  }

  private void calm() {
    troubles.end();
    shared.cloud().lighten();
    instances.forEach(instance -> instance.host().wakeUp());
  }
}
