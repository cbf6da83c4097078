package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/** All Global datastores of an account, for who has to do with many of them. */
@Component
public class Census {
  private final RegionObserver observer;
  private final Observations observations;
  private final AwsEnvironment aws;
  private final InstantSource clock;

  Census(
      RegionObserver observer, Observations observations, AwsEnvironment aws, InstantSource clock) {
    this.observer = observer;
    this.observations = observations;
    this.aws = aws;
    this.clock = clock;
  }

  /**
   * What each Region shows of each of them, or showed last if it does not answer. Costs as many
   * calls as that has pages.
   */
  public List<Observation> latestAfterReading(AccountId accountId) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var region : aws.regions(accountId)) {
        threads.execute(() -> observer.lookAtAll(new Place(accountId, region), clock.instant()));
      }
    }
    var ids = new HashSet<GlobalDatastoreId>();
    aws.regions(accountId).forEach(region -> ids.addAll(observations.shown(accountId, region)));
    return observations.latest(accountId, ids);
  }
}
