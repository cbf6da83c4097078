package dev.baton.evacuation;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The tasks that look at evacuations: one for each that is unfinished. */
@Component
class EvacuationScheduling {
  static final String TASK = "evacuation";
  private static final Logger LOG = LoggerFactory.getLogger(EvacuationScheduling.class);

  // The scheduler is built from the tasks, and the task of an evacuation needs this.
  private final ObjectProvider<SchedulerClient> tasks;
  private final ObjectProvider<Scheduler> scheduler;
  private final InstantSource clock;

  EvacuationScheduling(
      ObjectProvider<SchedulerClient> tasks,
      ObjectProvider<Scheduler> scheduler,
      InstantSource clock) {
    this.tasks = tasks;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Has an evacuation looked at from then on; in the transaction that begins it. */
  void schedule(UUID id, Instant at) {
    tasks.getObject().scheduleIfNotExists(new TaskInstance<>(TASK, id.toString()), at);
  }

  /** Has an evacuation looked at now; one that is being looked at is again within a second. */
  void wake(UUID id) {
    try {
      tasks.getObject().reschedule(TaskInstanceId.of(TASK, id.toString()), clock.instant());
    } catch (TaskInstanceNotFoundException ended) {
      schedule(id, clock.instant());
    } catch (TaskInstanceException e) {
      LOG.debug("Evacuation {} needs no wake-up: {}", id, e.getMessage());
    }
    scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions);
  }
}
