package dev.baton.globaldatastore;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import dev.baton.core.GlobalDatastoreId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The observers as tasks of db-scheduler: one for each Region of each account, run by one instance
 * at a time.
 */
@Component
class ObserverTask extends CustomTask<Void> {
  static final String NAME = "observer";
  private static final int MOST_DOUBLINGS = 6;

  private final AwsEnvironment aws;
  private final RegionObserver observer;
  private final ObservationDemand demand;
  private final ObserverProperties properties;
  private final InstantSource clock;
  private final Map<Place, Integer> failuresInARow = new ConcurrentHashMap<>();
  private final Map<Place, LookPace> paces = new ConcurrentHashMap<>();

  ObserverTask(
      AwsEnvironment aws,
      RegionObserver observer,
      ObservationDemand demand,
      ObserverProperties properties,
      InstantSource clock) {
    super(
        NAME,
        Void.class,
        (client, time, task) -> scheduleEach(aws, client, time, task.getName()),
        now -> now,
        new FailureHandler.OnFailureRetryLater<>(properties.busy()),
        new DeadExecutionHandler.ReviveDeadExecution<>());
    this.aws = aws;
    this.observer = observer;
    this.demand = demand;
    this.properties = properties;
    this.clock = clock;
  }

  private static void scheduleEach(
      AwsEnvironment aws, SchedulerClient client, Clock time, String name) {
    for (var account : aws.accounts()) {
      for (var region : account.regions()) {
        var place = new Place(account.id(), region);
        client.scheduleIfNotExists(new TaskInstance<>(name, place.text()), time.now());
      }
    }
  }

  @Override
  public CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
    return Place.parse(instance.getId())
        .map(this::look)
        .orElseGet(CompletionHandler.OnCompleteRemove::new);
  }

  private CompletionHandler<Void> look(Place place) {
    if (!aws.regions(place.accountId()).contains(place.region())) {
      // Another instance may serve it: while settings are rolled out, they differ.
      return (completion, operations) ->
          operations.reschedule(completion, clock.instant().plus(properties.slowest()));
    }
    var beganAt = clock.instant();
    if (observer.look(place, underWay(place).keySet(), beganAt)) {
      failuresInARow.remove(place);
    } else {
      failuresInARow.merge(place, 1, Integer::sum);
    }
    return (completion, operations) -> operations.reschedule(completion, next(place, beganAt));
  }

  private Map<GlobalDatastoreId, UnderWay> underWay(Place place) {
    return demand.underWay(place.accountId(), place.region());
  }

  /** Asked at the very end: what was accepted during the look makes the Region busy. */
  private Instant next(Place place, Instant beganAt) {
    var failures = Math.min(failuresInARow.getOrDefault(place, 0), MOST_DOUBLINGS);
    if (failures == 0) {
      var pace =
          paces.compute(
              place,
              (_, last) -> last == null ? LookPace.first(beganAt) : last.next(beganAt, properties));
      return beganAt.plus(pace.pause(underWay(place).values(), properties));
    }
    return beganAt.plus(
        shorter(properties.busy().multipliedBy(1L << failures), properties.slowest()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
