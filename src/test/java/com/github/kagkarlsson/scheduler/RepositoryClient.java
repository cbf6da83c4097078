package com.github.kagkarlsson.scheduler;

/** db-scheduler's own client over a store that isn't a database. */
public final class RepositoryClient extends SchedulerClient.StandardSchedulerClient {
  public RepositoryClient(TaskRepository tasks, Clock clock) {
    super(tasks, clock);
  }
}
