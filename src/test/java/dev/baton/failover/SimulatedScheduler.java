package dev.baton.failover;

import com.github.kagkarlsson.scheduler.task.Execution;
import dev.baton.deterministic.Chance;
import dev.baton.deterministic.Host;
import dev.baton.deterministic.Timeline;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What db-scheduler does on all instances together: picks, executes, and notices who has died. */
final class SimulatedScheduler {
  private static final Duration HEARTBEATS_MISSED = Duration.ofSeconds(4);

  private final Timeline timeline;
  private final Chance chance;
  private final SimulatedInstances instances;
  private final SimulatedTasks.Rows tasks;
  private final Map<Execution, Host> executing = new IdentityHashMap<>();

  SimulatedScheduler(
      Timeline timeline, Chance chance, SimulatedInstances instances, SimulatedTasks.Rows tasks) {
    this.timeline = timeline;
    this.chance = chance;
    this.instances = instances;
    this.tasks = tasks;
    tasks.table.whenChanged((_, after) -> after.ifPresent(this::follow));
  }

  static boolean isOfFailover(Execution task) {
    return task.getTaskName().equals(FailoverScheduling.TASK);
  }

  Optional<Execution> anyOfFailover() {
    return tasks.table.committed().stream().filter(SimulatedScheduler::isOfFailover).findFirst();
  }

  private void follow(Execution task) {
    if (task.picked) {
      watch(task);
    } else {
      timeline.at(
          task.executionTime, () -> timeline.after(chance.millis(1, 100), () -> offer(task)));
    }
  }

  private boolean isAsBefore(Execution task) {
    return tasks
        .table
        .committed(SimulatedTasks.key(task))
        .filter(now -> now.version == task.version)
        .isPresent();
  }

  private void offer(Execution due) {
    if (!isAsBefore(due)) {
      return;
    }
    instances
        .anyRunning()
        .filter(instance -> !instance.host().instant().isBefore(due.executionTime))
        .ifPresent(instance -> instances.on(instance, one -> pick(one, due)));
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
    instances
        .anyRunning()
        .ifPresent(instance ->
            instances.on(
                instance,
                one -> one.tasks().reschedule(lost, one.host().instant(), null, null, 0)));
    watch(lost);
  }
}
