package dev.baton.failover;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.TaskRepository;
import com.github.kagkarlsson.scheduler.TaskSummary;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.RescheduleUpdate;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.ScheduledTaskInstance;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.Database.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** db-scheduler's tasks in memory: what its JdbcTaskRepository does in SQL. */
final class SimulatedTasks implements TaskRepository {
  private final Database.Session session;
  private final Rows rows;

  record Key(String task, String instance) {}

  /** All tasks. */
  static final class Rows {
    final Table<Key, Execution> table = new Table<>(Execution::toString);
  }

  SimulatedTasks(Database.Session session, Rows rows) {
    this.session = session;
    this.rows = rows;
  }

  static Key key(Execution execution) {
    return new Key(execution.getTaskName(), execution.getId());
  }

  @Override
  public boolean createIfNotExists(SchedulableInstance<?> wanted) {
    return session.statement(transaction -> {
      var key = new Key(wanted.getTaskName(), wanted.getId());
      transaction.lock(rows.table, key);
      if (transaction.get(rows.table, key).isPresent()) {
        return false;
      }
      var at = wanted.getNextExecutionTime(Instant.MIN);
      transaction.put(rows.table, key, new Execution(at, wanted.getTaskInstance()));
      return true;
    });
  }

  @Override
  public Optional<Execution> getExecution(String task, String instance) {
    return session.statement(transaction -> transaction.get(rows.table, new Key(task, instance)));
  }

  /** Takes one that is still as it was seen; empty if somebody else did first. */
  @Override
  public Optional<Execution> pick(Execution seen, Instant now) {
    return session.statement(transaction -> {
      transaction.lock(rows.table, key(seen));
      return transaction
          .get(rows.table, key(seen))
          .filter(execution -> execution.version == seen.version && !execution.picked)
          .map(execution -> {
            var picked = changed(execution, execution.executionTime, true, now);
            transaction.put(rows.table, key(seen), picked);
            return picked;
          });
    });
  }

  private static Execution changed(
      Execution execution, Instant time, boolean picked, @Nullable Instant heartbeat) {
    return new Execution(
        time,
        execution.taskInstance,
        picked,
        null,
        null,
        null,
        0,
        heartbeat,
        execution.version + 1);
  }

  @Override
  public boolean reschedule(Execution execution, RescheduleUpdate update) {
    return reschedule(execution, update.executionTime());
  }

  @Override
  public boolean reschedule(
      Execution execution,
      Instant next,
      Instant lastSuccess,
      Instant lastFailure,
      int consecutiveFailures) {
    return reschedule(execution, next);
  }

  private boolean reschedule(Execution execution, Instant next) {
    return session.statement(transaction -> {
      transaction.lock(rows.table, key(execution));
      refuseIfChanged(execution, transaction.get(rows.table, key(execution)));
      transaction.put(rows.table, key(execution), changed(execution, next, false, null));
      return true;
    });
  }

  @Override
  public void remove(Execution execution) {
    session.statement(transaction -> {
      transaction.lock(rows.table, key(execution));
      refuseIfChanged(execution, transaction.get(rows.table, key(execution)));
      transaction.remove(rows.table, key(execution));
      return true;
    });
  }

  private static void refuseIfChanged(Execution execution, Optional<Execution> stored) {
    if (stored.filter(one -> one.version == execution.version).isEmpty()) {
      throw new ExecutionException("Expected one execution to be changed", execution);
    }
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("nobody asks for this here");
  }

  @Override
  public boolean createIfNotExists(ScheduledTaskInstance wanted) {
    throw unused();
  }

  @Override
  public List<Execution> getDue(Instant now, int limit) {
    throw unused();
  }

  @Override
  public void createBatch(List<ScheduledTaskInstance> wanted) {
    throw unused();
  }

  @Override
  public Instant replace(Execution execution, ScheduledTaskInstance other) {
    throw unused();
  }

  @Override
  public Instant replace(Execution execution, SchedulableInstance<?> other) {
    throw unused();
  }

  @Override
  public void getScheduledExecutions(
      ScheduledExecutionsFilter filter, Consumer<Execution> consumer) {
    throw unused();
  }

  @Override
  public void getScheduledExecutions(
      ScheduledExecutionsFilter filter, String task, Consumer<Execution> consumer) {
    throw unused();
  }

  @Override
  public List<TaskSummary> getScheduledExecutionsSummaryByTask() {
    throw unused();
  }

  @Override
  public List<Execution> lockAndFetchGeneric(Instant now, int limit) {
    throw unused();
  }

  @Override
  public List<Execution> lockAndGetDue(Instant now, int limit) {
    throw unused();
  }

  @Override
  public boolean reschedule(
      Execution execution,
      Instant next,
      Object data,
      Instant lastSuccess,
      Instant lastFailure,
      int consecutiveFailures) {
    throw unused();
  }

  @Override
  public void unpickPickedBatch(List<Execution> executions) {
    throw unused();
  }

  @Override
  public List<Execution> getDeadExecutions(Instant olderThan) {
    throw unused();
  }

  @Override
  public boolean updateHeartbeatWithRetry(Execution execution, Instant heartbeat, int tries) {
    throw unused();
  }

  @Override
  public boolean updateHeartbeat(Execution execution, Instant heartbeat) {
    throw unused();
  }

  @Override
  public List<Execution> getExecutionsFailingLongerThan(Duration interval) {
    throw unused();
  }

  @Override
  public int removeExecutions(String task) {
    throw unused();
  }

  @Override
  public void verifySupportsLockAndFetch() {
    throw unused();
  }
}
