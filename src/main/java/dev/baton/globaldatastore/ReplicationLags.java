package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * How far secondaries are behind, as AWS measured it last. What one wants to know is asked for all
 * in its Region, by one for all who want to know at the same time, and nobody waits for it long.
 */
@Component
public class ReplicationLags {
  private static final Duration LOOK = Duration.ofMillis(300);

  private final ReplicationLagReadings readings;
  private final Observations observations;
  private final ReplicationLagProperties properties;
  private final InstantSource clock;
  private final Map<Place, RegionLags> places = new ConcurrentHashMap<>();

  ReplicationLags(
      ReplicationLagReadings readings,
      Observations observations,
      ReplicationLagProperties properties,
      InstantSource clock) {
    this.readings = readings;
    this.observations = observations;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * How far this secondary is behind; if that must be asked, it waits for the answer as long as a
   * decision may. Not to be called in a transaction.
   *
   * @param region the Region of the secondary
   */
  public ReplicationLag of(AccountId accountId, Region region, ReplicationGroupId secondary) {
    return within(properties.patience(), accountId, region, secondary);
  }

  /** The same for one who waits no longer than that; the question goes on, for the next. */
  public ReplicationLag within(
      Duration patience, AccountId accountId, Region region, ReplicationGroupId secondary) {
    return place(accountId, region).lag(secondary, patience);
  }

  /** What is known of it without asking. */
  public ReplicationLag lastRead(AccountId accountId, Region region, ReplicationGroupId secondary) {
    return place(accountId, region)
        .known(secondary)
        .orElseGet(() -> new ReplicationLag.Unknown("it was not read within the last minute"));
  }

  /**
   * What is known by now of the secondaries of a Global datastore, by Region. Nothing waits for it
   * that is worth mentioning: what is not known yet will be at the next look.
   */
  Map<Region, ReplicationLag.Known> shown(AccountId accountId, GlobalDatastore datastore) {
    var secondaries = datastore.members().stream().filter(Member::isSecondary).toList();
    secondaries.forEach(member -> lag(accountId, member, Duration.ZERO));
    var end = System.nanoTime() + LOOK.toNanos();
    var shown = new HashMap<Region, ReplicationLag.Known>();
    for (var member : secondaries) {
      if (lag(accountId, member, Duration.ofNanos(end - System.nanoTime()))
          instanceof ReplicationLag.Known known) {
        shown.put(member.region(), known);
      }
    }
    return shown;
  }

  private ReplicationLag lag(AccountId accountId, Member member, Duration patience) {
    return within(patience, accountId, member.region(), member.replicationGroupId());
  }

  private RegionLags place(AccountId accountId, Region region) {
    return places.computeIfAbsent(
        new Place(accountId, region),
        _ ->
            new RegionLags(
                secondaries -> readings.newest(accountId, region, secondaries),
                () -> observations.secondaries(accountId, region),
                properties,
                clock));
  }
}
