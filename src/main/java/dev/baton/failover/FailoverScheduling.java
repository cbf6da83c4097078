package dev.baton.failover;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The tasks that look at failovers: one for each that is unfinished. */
@Component
class FailoverScheduling {
  static final String TASK = "failover";
  private static final Logger LOG = LoggerFactory.getLogger(FailoverScheduling.class);

  // The scheduler is built from the tasks, and the task of a failover needs this.
  private final ObjectProvider<SchedulerClient> tasks;
  private final ObjectProvider<Scheduler> scheduler;
  private final InstantSource clock;

  FailoverScheduling(
      ObjectProvider<SchedulerClient> tasks,
      ObjectProvider<Scheduler> scheduler,
      InstantSource clock) {
    this.tasks = tasks;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Has a failover looked at from then on; in the transaction that opens it. */
  void schedule(FailoverId id, Instant at) {
    tasks.getObject().scheduleIfNotExists(new TaskInstance<>(TASK, id.toString()), at);
  }

  /** After the commit of what was scheduled: don't wait for the next poll. */
  void startDue() {
    scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions);
  }

  /** Has a failover looked at now. One that is being looked at notices by itself. */
  void wake(FailoverId id) {
    try {
      tasks.getObject().reschedule(TaskInstanceId.of(TASK, id.toString()), clock.instant());
    } catch (TaskInstanceException e) {
      LOG.debug("Failover {} needs no wake-up: {}", id, e.getMessage());
    }
  }
}
