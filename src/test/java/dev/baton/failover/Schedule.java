package dev.baton.failover;

import dev.baton.audit.SimulatedAuditTable;
import dev.baton.deterministic.Chance;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.Timeline;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.SimulatedObserving;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A few instances of Baton, people who ask them for failovers, and trouble: everything that happens
 * follows from one seed. Trouble ends at some time, and then everything must come to its end.
 */
final class Schedule {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Chance chance;
  private final Timeline timeline = new Timeline();
  private final Troubles troubles;
  private final ScheduleRules rules;
  private final SimulatedInstance.Surroundings shared;
  private final SimulatedInstances instances;
  private final SimulatedScheduler scheduler;
  private final SimulatedPeople people;
  private final int most;

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
    var policies = new ChangingPolicies(timeline);
    this.rules =
        new ScheduleRules(
            timeline, failovers, audit, SimulatedInstances.CLOCK_ERROR.multipliedBy(2));
    this.instances = new SimulatedInstances(timeline, chance, this::surroundings);
    this.troubles = new Troubles(chance, this::struck, instances::kill);
    var cloud = new SimulatedAws.Cloud(timeline, chance, troubles, rules);
    rules.watch(cloud);
    this.shared =
        new SimulatedInstance.Surroundings(
            new Database(timeline, troubles),
            cloud,
            policies,
            new AwsEnvironment(
                SimulatedPeople.ACCOUNT,
                SimulatedPeople.REGIONS,
                Optional.of(URI.create("http://127.0.0.1"))),
            troubles,
            failovers,
            new SimulatedPrimaries.Rows(),
            tasks,
            new SimulatedObserving.Rows(),
            audit);
    this.scheduler = new SimulatedScheduler(timeline, chance, instances, tasks);
    this.people =
        new SimulatedPeople(timeline, chance, instances, cloud, failovers, policies, rules);
  }

  private SimulatedInstance.Surroundings surroundings() {
    return shared;
  }

  private void struck(Trouble trouble) {
    rules.struck(trouble);
    people.losePatience(trouble);
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
    while (instances.started() < most) {
      instances.start();
    }
    var count = chance.of(0.25) ? 2 : 1;
    for (int number = 1; number <= count; number++) {
      people.addDatastore("ldgnf-d" + number);
    }
    people.plan();
    scheduleTroubles();
    timeline.runUntil(troubles::areOver, Duration.ofMinutes(5));
    timeline.runUntil(this::isAtRest, PATIENCE);
    // Calls that were given up may still arrive.
    timeline.runUntil(() -> false, timeline.elapsed().plusSeconds(15));
    rules.refuseIncomplete();
    refuseLost();
    return new Outcome(
        instances.started() > 1 && !troubles.struck().isEmpty() && rules.calls() > 0,
        rules.calls(),
        rules.coverage(),
        shared.audit().trace());
  }

  private boolean isAtRest() {
    return people.areDone()
        && shared.failovers().table.committed().stream()
            .allMatch(failover -> failover.status().isFinished())
        && scheduler.anyOfFailover().isEmpty();
  }

  private void refuseLost() {
    people
        .anyLost()
        .ifPresent(id -> {
          throw new ScheduleRules.Broken("%s was accepted and is lost".formatted(id));
        });
    scheduler
        .anyOfFailover()
        .ifPresent(task -> {
          throw new ScheduleRules.Broken("a task was left: " + task);
        });
  }

  /** Everything that still waits comes to its end, so that no thread is left. */
  private void abandon() {
    troubles.end();
    instances.dieAll();
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
                        shared.audit().told(FailoverJournal.stream(failover.id())).stream()
                            .collect(Collectors.joining(System.lineSeparator() + "  "))))
            .collect(Collectors.joining(System.lineSeparator()));
  }

  private void scheduleTroubles() {
    var end = chance.seconds(20, 90);
    timeline.after(end, this::calm);
    trouble(
        end,
        Trouble.REGION_DARK,
        6,
        () -> shared.cloud().darken(chance.oneOf(SimulatedPeople.REGIONS), chance.seconds(2, 40)));
    trouble(end, Trouble.CLOCK_JUMPED, 10, instances::setOneClock);
    trouble(end, Trouble.WAKE_UP_REPEATED, 20, this::wakeEach);
    trouble(end, Trouble.KILLED, 4, instances::killOne);
    trouble(end, Trouble.PAUSED, 4, () -> instances.pauseOne(chance.seconds(1, 40)));
  }

  private void wakeEach() {
    shared
        .failovers()
        .table
        .committed()
        .forEach(failover ->
            instances
                .anyRunning()
                .ifPresent(one -> instances.on(one, it -> it.wake(failover.id()))));
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
    instances.wakeAll();
  }
}
