package dev.baton.failover;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * "Look at failover X", as a task of db-scheduler. The task holds nothing: where the process stands
 * is in the failover's own row.
 */
@Component
class FailoverTask extends CustomTask<Void> {
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final FailoverStep step;
  private final FailoverJudge judge;
  private final FailoverScheduling scheduling;

  FailoverTask(FailoverStep step, FailoverJudge judge, FailoverScheduling scheduling) {
    super(
        FailoverScheduling.TASK,
        Void.class,
        (_, _, _) -> {},
        now -> now,
        new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE),
        new DeadExecutionHandler.ReviveDeadExecution<>());
    this.step = step;
    this.judge = judge;
    this.scheduling = scheduling;
  }

  @Override
  public CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
    var id = new FailoverId(UUID.fromString(instance.getId()));
    return switch (step.run(id)) {
      case FailoverStep.Result.Over _ -> new CompletionHandler.OnCompleteRemove<>();
      case FailoverStep.Result.Again again ->
          (completion, operations) -> {
            operations.reschedule(completion, again.at());
            // A wake-up that met this run was refused: whatever it was about is visible by now.
            if (judge.hasNews(again.judgement())) {
              scheduling.wake(id);
            }
          };
    };
  }
}
