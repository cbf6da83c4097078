package dev.baton.failover.idempotency;

import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.stereotype.Component;

/** Forgets the keys that have expired, on one instance at a time. */
@Component
class IdempotencyKeyTask extends RecurringTask<Void> {
  private static final int AT_ONCE = 1_000;

  private final IdempotencyKeys keys;

  IdempotencyKeyTask(IdempotencyKeys keys) {
    super("idempotency-key-expiry", FixedDelay.ofMinutes(10), Void.class);
    this.keys = keys;
  }

  @Override
  public void executeRecurringly(TaskInstance<Void> instance, ExecutionContext context) {
    var forgotten = AT_ONCE;
    while (forgotten == AT_ONCE) {
      forgotten = keys.forgetExpired(AT_ONCE);
    }
  }
}
