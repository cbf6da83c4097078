package dev.baton.globaldatastore;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import dev.baton.core.AccountId;
import dev.baton.core.ReplicationGroupId;
import dev.baton.deterministic.Database;
import dev.baton.deterministic.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;

/** Baton's observing on one host, put together as Spring would. */
public final class SimulatedObserving {
  private static final ObserverProperties TIMES =
      new ObserverProperties(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(15));

  private final Observations observations;
  private final Observers observers;
  private final Host host;
  private final AwsEnvironment aws;
  private final ApplicationEventPublisher events;

  /** What Regions showed last, for all hosts. */
  public static final class Rows {
    private final SimulatedObservationTable.Rows rows = new SimulatedObservationTable.Rows();
  }

  public SimulatedObserving(
      Host host,
      Database.Session session,
      Rows rows,
      SchedulerClient scheduler,
      AwsEnvironment aws,
      ApplicationEventPublisher events) {
    this.host = host;
    this.aws = aws;
    this.events = events;
    this.observations = new Observations(new SimulatedObservationTable(session, rows.rows), events);
    this.observers =
        new Observers(
            new ObjectProvider<>() {
              @Override
              public SchedulerClient getObject() {
                return scheduler;
              }
            },
            TIMES,
            host);
  }

  public Observations observations() {
    return observations;
  }

  public Observers observers() {
    return observers;
  }

  /** The task that looks at Regions. */
  public CustomTask<Void> task(GlobalDatastores globalDatastores, ObservationDemand demand) {
    return new ObserverTask(
        aws,
        new RegionObserver(globalDatastores, observations, events, TIMES),
        demand,
        TIMES,
        host);
  }

  /** Judges by what the Regions showed; nothing else is surveyed. */
  public ReadinessJudge readiness(LastFailovers failovers) {
    return new ReadinessJudge(
        observations,
        new NoSurveys(),
        failovers,
        TIMES,
        new ReadinessProperties(
            Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(1)),
        host);
  }

  private static final class NoSurveys implements SurveyTable {
    @Override
    public boolean claim(Place place, SurveySubject subject, Instant now, Instant notAfter) {
      return false;
    }

    @Override
    public void keepGroups(
        Place place, Instant readAt, Map<ReplicationGroupId, ReplicationGroup> answer) {}

    @Override
    public void keepLags(
        Place place, Instant readAt, Map<ReplicationGroupId, ReplicationLag> answer) {}

    @Override
    public void keepFailure(Place place, SurveySubject subject, String why) {}

    @Override
    public Kept of(AccountId accountId, Set<ReplicationGroupId> groups) {
      return new Kept(Map.of(), Map.of());
    }
  }

  /** Nothing is known of lag, and nobody asks. */
  public ReplicationLags lags() {
    return new ReplicationLags(
        (_, _, _) -> new Reading.Seen<>(Map.of(), host.instant()),
        observations,
        new ReplicationLagProperties(
            Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(2)),
        host);
  }
}
