package dev.baton.globaldatastore;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.baton.core.AccountId;
import dev.baton.core.Region;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes an observer look earlier than it would have. */
@Component
public class Observers {
  private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

  // The scheduler is built from the tasks, and what needs an observer is part of a task.
  private final ObjectProvider<SchedulerClient> scheduler;
  private final ObserverProperties properties;
  private final InstantSource clock;

  Observers(
      ObjectProvider<SchedulerClient> scheduler,
      ObserverProperties properties,
      InstantSource clock) {
    this.scheduler = scheduler;
    this.properties = properties;
    this.clock = clock;
  }

  /** Has the Region looked at as soon as while it is busy. */
  public void lookSoon(AccountId accountId, Region region) {
    var latest = clock.instant().plus(properties.busy());
    var name = new Place(accountId, region).text();
    var observer = TaskInstanceId.of(ObserverTask.NAME, name);
    var client = scheduler.getObject();
    var due = client.getScheduledExecution(observer);
    if (due.isEmpty()) {
      client.scheduleIfNotExists(new TaskInstance<>(ObserverTask.NAME, name), latest);
      return;
    }
    if (due.get().isPicked() || !due.get().getExecutionTime().isAfter(latest)) {
      return;
    }
    try {
      client.reschedule(observer, latest);
    } catch (TaskInstanceException e) {
      LOG.debug("The observer of {} is at work already: {}", name, e.getMessage());
    }
  }
}
