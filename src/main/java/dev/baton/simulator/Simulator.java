package dev.baton.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A running simulator: ElastiCache's Query API and CloudWatch's GetMetricData at its endpoint, the
 * control API under {@code /simulator/} beside them, and the same control as methods here.
 * Signatures are not verified.
 */
public final class Simulator implements AutoCloseable {

  private final ElastiCache elastiCache;
  private final ReplicationLags lags = new ReplicationLags();
  private final Faults faults = new Faults();
  private final CallLog log = new CallLog();
  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  private Simulator(SimulatorSettings settings, InstantSource clock) throws IOException {
    this.elastiCache = new ElastiCache(settings, clock);
    this.server = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
    server.setExecutor(executor);
    var reception = new Reception(faults, log, clock);
    server.createContext("/", new QueryEndpoint(elastiCache, reception));
    server.createContext(
        MetricEndpoint.PATH, new MetricEndpoint(new CloudWatch(elastiCache, lags), reception));
    server.createContext(ControlEndpoint.PATH, new ControlEndpoint(this, settings.hostNames()));
  }

  /** Starts an empty world by the system's clock. */
  public static Simulator start(SimulatorSettings settings) {
    return start(settings, InstantSource.system());
  }

  /** Starts an empty world by another clock, so that a test can move the time. */
  public static Simulator start(SimulatorSettings settings, InstantSource clock) {
    try {
      Simulator simulator = new Simulator(settings, clock);
      simulator.server.start();
      return simulator;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The simulator can't listen on %s port %d: choose a free port."
              .formatted(settings.address(), settings.port()),
          e);
    }
  }

  /** Where it can be reached from this machine. */
  public URI endpoint() {
    InetAddress address = server.getAddress().getAddress();
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    String inUri = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + inUri + ":" + server.getAddress().getPort());
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

  /** How often a failover call has moved, or is moving, the primary of this datastore. */
  public int effectivePromotions(String globalReplicationGroupId) {
    return snapshot(globalReplicationGroupId).effectivePromotions();
  }

  /**
   * Lets the secondaries of a Global datastore be so many seconds behind from now on. What can't be
   * a lag is shown all the same.
   */
  public void replicationLag(String globalReplicationGroupId, double seconds) {
    lags.become(
        snapshot(globalReplicationGroupId).datastore().globalReplicationGroupId(),
        OptionalDouble.of(seconds));
  }

  /** Lets CloudWatch have no data about the lag of a Global datastore's secondaries. */
  public void noReplicationLag(String globalReplicationGroupId) {
    lags.become(
        snapshot(globalReplicationGroupId).datastore().globalReplicationGroupId(),
        OptionalDouble.empty());
  }

  /** Lets promotions that start from now on go another way. */
  public void promotionsGo(PromotionPlan plan) {
    elastiCache.change(settings -> settings.withPromotionPlan(plan));
  }

  /**
   * Lets a member be disassociated, or not, while a promotion runs: no public source settles it.
   */
  public void disassociatesWhilePromoting(boolean allowed) {
    elastiCache.change(settings -> settings.disassociatingWhilePromoting(allowed));
  }

  /** Lets a fault strike calls that are to come, after the ones injected before. */
  public void inject(Injection injection) {
    faults.inject(injection);
  }

  /** Drops faults that have not struck, lights all Regions up, releases what is held. */
  public void clearFaults() {
    faults.clear();
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
    faults.darken(region, darkness);
  }

  /** Ends a Region's darkness; what was taken in silence is cut off, not carried out. */
  public void lightUp(String region) {
    faults.lightUp(region);
  }

  /** The calls it has had, oldest first. */
  public List<RecordedCall> calls() {
    return log.calls();
  }

  /** Stops listening and cuts off every call that is under way. */
  @Override
  public void close() {
    faults.close();
    server.stop(0);
    executor.shutdownNow();
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
