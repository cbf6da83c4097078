package dev.baton.simulator;

import com.sun.net.httpserver.HttpHandler;
import dev.baton.simulator.RegionConditions.View;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A running simulator: ElastiCache's Query API and CloudWatch's GetMetricData at its endpoint, the
 * control API under {@code /simulator/} beside them, and the same control as methods here.
 * Signatures are not verified.
 */
public final class Simulator implements AutoCloseable {

  private final InstantSource clock;
  private final Regions regions = new Regions();
  private final ElastiCache elastiCache;
  private final ReplicationLags lags = new ReplicationLags();
  private final Faults faults = new Faults();
  private final CallLog log = new CallLog();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Port port;
  private final Map<String, Port> regionPorts = new TreeMap<>();

  private Simulator(SimulatorSettings settings, InstantSource clock) {
    this.clock = clock;
    this.elastiCache = new ElastiCache(settings.rules(), regions, clock);
    var reception = new Reception(regions, faults, log, clock);
    Map<String, HttpHandler> aws =
        Map.of(
            "/",
            new QueryEndpoint(elastiCache, reception),
            MetricEndpoint.PATH,
            new MetricEndpoint(new CloudWatch(elastiCache, lags), reception));
    Map<String, HttpHandler> all = new TreeMap<>(aws);
    all.put(ControlEndpoint.PATH, new ControlEndpoint(new Control(this), settings.hostNames()));
    this.port = new Port(address(settings, settings.port()), all, executor);
    try {
      settings
          .regionPorts()
          .forEach((region, number) ->
              regionPorts.put(region, new Port(address(settings, number), aws, executor)));
    } catch (UncheckedIOException e) {
      close();
      throw e;
    }
  }

  /** Starts an empty world by the system's clock. */
  public static Simulator start(SimulatorSettings settings) {
    return start(settings, InstantSource.system());
  }

  /** Starts an empty world by another clock, so that a test can move the time. */
  public static Simulator start(SimulatorSettings settings, InstantSource clock) {
    return new Simulator(settings, clock);
  }

  /** Where it can be reached from this machine. */
  public URI endpoint() {
    return port.endpoint();
  }

  /** Where a Region with a port of its own can be reached from this machine. */
  public URI endpoint(String region) {
    return Optional.ofNullable(regionPorts.get(region))
        .orElseThrow(() -> new IllegalArgumentException(region + " has no port of its own."))
        .endpoint();
  }

  /** Puts a Global datastore into the world. */
  public void add(SimulatedDatastore datastore) {
    elastiCache.add(datastore);
  }

  /** Puts Global datastores into the world. */
  public void addAll(Collection<SimulatedDatastore> datastores) {
    datastores.forEach(this::add);
  }

  /** All Global datastores as they are now. */
  public List<DatastoreSnapshot> datastores() {
    return elastiCache.datastores();
  }

  /** Puts a Global datastore into the world in place of the one of the same id. */
  public void replace(SimulatedDatastore datastore) {
    elastiCache.replace(datastore);
  }

  /**
   * Lets the answers about a Global datastore show something else than the truth, in every Region
   * that has no disguise of its own.
   */
  public void disguise(String globalReplicationGroupId, Disguise disguise) {
    disguise(globalReplicationGroupId, Optional.empty(), disguise);
  }

  /** Lets the answers of one Region about a Global datastore show something else than the truth. */
  public void disguise(String globalReplicationGroupId, String region, Disguise disguise) {
    disguise(globalReplicationGroupId, Optional.of(region), disguise);
  }

  /** Lets all Regions show the truth about a Global datastore again. */
  public void undisguise(String globalReplicationGroupId) {
    elastiCache.disguises().drop(idOf(globalReplicationGroupId));
  }

  /** How often failover calls have moved, or are moving, a primary. */
  public int effectivePromotions() {
    return datastores().stream().mapToInt(DatastoreSnapshot::effectivePromotions).sum();
  }

  /** How often a failover call has moved, or is moving, the primary of this datastore. */
  public int effectivePromotions(String globalReplicationGroupId) {
    return snapshot(globalReplicationGroupId).effectivePromotions();
  }

  /**
   * Lets the secondaries of a Global datastore be so many seconds behind from now on. What can't be
   * a lag is shown all the same.
   */
  public void replicationLag(String globalReplicationGroupId, double seconds) {
    lags.become(idOf(globalReplicationGroupId), OptionalDouble.of(seconds));
  }

  /** Lets CloudWatch have no data about the lag of a Global datastore's secondaries. */
  public void noReplicationLag(String globalReplicationGroupId) {
    lags.become(idOf(globalReplicationGroupId), OptionalDouble.empty());
  }

  /** Lets promotions that start from now on go another way. */
  public void promotionsGo(PromotionPlan plan) {
    elastiCache.change(rules -> rules.withPromotionPlan(plan));
  }

  /** Answers failover calls that name the present primary otherwise from now on. */
  public void presentPrimaryGets(PresentPrimary answer) {
    elastiCache.change(rules -> rules.withPresentPrimary(answer));
  }

  /** Lets disassociations that start from now on take another time. */
  public void disassociationsTake(Duration time) {
    elastiCache.change(rules -> rules.withDisassociationTime(time));
  }

  /** Allows or forbids to disassociate a member while a promotion runs. */
  public void disassociatesWhilePromoting(boolean allowed) {
    elastiCache.change(rules -> rules.disassociatingWhilePromoting(allowed));
  }

  /** Lets a fault strike calls that are to come, after the ones injected before. */
  public void inject(Injection injection) {
    faults.inject(injection);
  }

  /** The faults that have not struck yet, or not often enough. */
  public List<Injection> faults() {
    return faults.pending();
  }

  /**
   * Drops faults that have not struck, makes all Regions usual, drops disguises, ends delays and
   * silences, releases what is held.
   */
  public void clearFaults() {
    regions.clear();
    regionPorts.values().forEach(Port::open);
    elastiCache.disguises().clear();
    faults.clear();
  }

  /**
   * Begins anew: as {@link #clearFaults}, every datastore as it was added, the rules as they were
   * set at the start, lags usual, no call in the log and no promotion counted.
   */
  public void reset() {
    clearFaults();
    lags.clear();
    elastiCache.reset();
    log.clear();
  }

  /** Waits until a call is being held; false if none came in time. */
  public boolean awaitHeld(Duration patience) throws InterruptedException {
    return awaitHeld(1, patience);
  }

  /** Waits until so many calls are being held; false if they didn't come in time. */
  public boolean awaitHeld(int count, Duration patience) throws InterruptedException {
    return faults.awaitHeld(count, patience);
  }

  /** Lets all calls that are being held go on, and says how many they were. */
  public int release() {
    return faults.release();
  }

  /** Makes a Region dark: it carries nothing out any more. */
  public void darken(String region, Darkness darkness) {
    change(region, conditions -> conditions.withDarkness(darkness));
  }

  /** Ends a Region's darkness; what was taken in silence is cut off, not carried out. */
  public void lightUp(String region) {
    change(region, RegionConditions::lit);
  }

  /** Lets a Region treat its callers in another way. */
  public void conditions(String region, RegionConditions conditions) {
    change(region, before -> conditions);
  }

  /** Lets the describes of a Region show from now on what they show now. */
  public void freeze(String region) {
    Instant now = clock.instant();
    change(region, conditions -> conditions.withView(new View.Frozen(conditions.seenAt(now))));
  }

  /** How each Region treats its callers that doesn't do so as usual. */
  public NavigableMap<String, RegionConditions> unusualRegions() {
    return regions.unusual();
  }

  /** The calls it has had, oldest first. */
  public List<RecordedCall> calls() {
    return log.calls();
  }

  /** Stops listening and cuts off every call that is under way. */
  @Override
  public void close() {
    regions.close();
    faults.close();
    port.shut();
    regionPorts.values().forEach(Port::shut);
    executor.shutdownNow();
  }

  private void change(String region, UnaryOperator<RegionConditions> change) {
    regions.become(region, change, clock.instant());
    Optional.ofNullable(regionPorts.get(region))
        .ifPresent(own -> {
          if (regions.of(region).darkness().equals(Optional.of(Darkness.REFUSES))) {
            own.shut();
          } else {
            own.open();
          }
        });
  }

  private void disguise(String id, Optional<String> region, Disguise disguise) {
    elastiCache.disguises().become(idOf(id), region, disguise);
  }

  /** The id, if the world has it. */
  private String idOf(String globalReplicationGroupId) {
    return snapshot(globalReplicationGroupId).datastore().globalReplicationGroupId();
  }

  private static InetSocketAddress address(SimulatorSettings settings, int port) {
    return new InetSocketAddress(settings.address(), port);
  }

  private DatastoreSnapshot snapshot(String globalReplicationGroupId) {
    return datastores().stream()
        .filter(snapshot ->
            snapshot.datastore().globalReplicationGroupId().equals(globalReplicationGroupId))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                globalReplicationGroupId + " is not in the simulated world."));
  }
}
