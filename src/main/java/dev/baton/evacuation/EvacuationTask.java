package dev.baton.evacuation;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** "Look at evacuation X", as a task of db-scheduler, which holds nothing. */
@Component
class EvacuationTask extends CustomTask<Void> {
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final EvacuationStep step;
  private final EvacuationTable evacuations;
  private final InstantSource clock;

  EvacuationTask(EvacuationStep step, EvacuationTable evacuations, InstantSource clock) {
    super(
        EvacuationScheduling.TASK,
        Void.class,
        (client, time, task) ->
            evacuations
                .unfinished()
                .forEach(id ->
                    client.scheduleIfNotExists(
                        new TaskInstance<>(task.getName(), id.toString()), time.now())),
        now -> now,
        new FailureHandler.OnFailureRetryLater<>(AFTER_FAILURE),
        new DeadExecutionHandler.ReviveDeadExecution<>());
    this.step = step;
    this.evacuations = evacuations;
    this.clock = clock;
  }

  @Override
  public CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
    var id = UUID.fromString(instance.getId());
    var next = step.run(id);
    return (completion, operations) -> {
      if (next.isPresent()) {
        operations.reschedule(completion, next.get());
      } else if (evacuations.unfinished().contains(id)) {
        // Somebody had it try again meanwhile, and that wake-up was refused.
        operations.reschedule(completion, clock.instant());
      } else {
        operations.remove();
      }
    };
  }
}
