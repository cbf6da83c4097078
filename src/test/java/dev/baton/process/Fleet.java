package dev.baton.process;

import dev.baton.simulator.FlipOrder;
import dev.baton.simulator.PromotionPlan;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import dev.baton.simulator.Simulator;
import dev.baton.simulator.SimulatorSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Instances of Baton on one database and one simulator. */
final class Fleet implements AutoCloseable {
  static final String VIRGINIA = "us-east-1";
  static final String OREGON = "us-west-2";

  /** For a moment nothing is seen of a promotion: a call that is repeated then counts twice. */
  static final PromotionPlan QUICK =
      new PromotionPlan(
          Duration.ofMillis(300),
          Duration.ofMillis(1500),
          FlipOrder.ROLES_FIRST,
          Duration.ofMillis(200),
          PromotionPlan.Ending.PROMOTED);

  static final Duration SETTLING = Duration.ofSeconds(3);

  /** Settings under which a datastore may be failed over there and back without a pause. */
  static final Map<String, String> WITHOUT_COOL_DOWN =
      Map.of("BATON_POLICY_LOCATION", "file:src/test/policies/without-cool-down.yaml");

  /** As short as a machine that is busy with other things allows. */
  private static final List<String> SHORT_TIMES =
      List.of(
          "--baton.aws.call-timeout=3s",
          "--baton.aws.credentials-timeout=1m",
          "--baton.failover.send-within=4s",
          "--baton.failover.lands-margin=1s",
          "--baton.failover.resend-settling=" + SETTLING);

  final TestDatabase database;
  final CallTrap trap;
  final Simulator simulator;
  private final Map<String, String> settings;
  private final List<BatonProcess> started = new CopyOnWriteArrayList<>();
  private final Thread atExit = new Thread(this::end);
  private boolean ended;

  Fleet() throws IOException {
    this(Map.of());
  }

  /** With settings of its own, as environment variables of the instances. */
  Fleet(Map<String, String> settings) throws IOException {
    this.settings = settings;
    database = TestDatabase.start();
    trap = new CallTrap(database);
    simulator = Simulator.start(SimulatorSettings.local().withPromotionPlan(QUICK));
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Puts a healthy Global datastore into the world: primary in Virginia, secondary in Oregon. */
  String datastore(String name) {
    var id = "ldgnf-" + name;
    simulator.add(
        SimulatedDatastore.of(
            id,
            Member.primary(name + "-use1", VIRGINIA),
            Member.secondary(name + "-usw2", OREGON)));
    return id;
  }

  /** As many instances that are up, the oldest, started where they are missing. */
  List<BatonProcess> running(int count) {
    startMissing(count);
    var oldest = alive().stream().limit(count).toList();
    oldest.forEach(BatonProcess::awaitUp);
    return oldest;
  }

  /** Starts as many as are missing, to be up when the next test needs them. */
  synchronized void startMissing(int count) {
    while (!ended && alive().size() < count) {
      started.add(start("instance-" + (started.size() + 1)));
    }
  }

  BatonProcess named(String name) {
    return alive().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  BatonProcess otherThan(BatonProcess one) {
    return alive().stream().filter(other -> other != one).findFirst().orElseThrow();
  }

  /** For good: a test that is still running when the run is broken off starts nothing any more. */
  private synchronized void end() {
    ended = true;
    killAll();
  }

  void killAll() {
    alive().forEach(BatonProcess::kill);
  }

  List<BatonProcess> alive() {
    return started.stream().filter(BatonProcess::isAlive).toList();
  }

  private BatonProcess start(String name) {
    var environment = new HashMap<String, String>();
    // What one test has throttled must not hold back the next.
    environment.put("BATON_AWS_CHANGES_PER_SECOND", "200");
    environment.put("BATON_AWS_READS_PER_SECOND", "1000");
    environment.putAll(settings);
    environment.putAll(
        Map.of(
            "SPRING_PROFILES_ACTIVE",
            "local",
            "SPRING_DATASOURCE_URL",
            database.url(),
            "SPRING_DATASOURCE_USERNAME",
            TestDatabase.USER,
            "SPRING_DATASOURCE_PASSWORD",
            "",
            "BATON_AWS_ENDPOINT",
            simulator.endpoint().toString(),
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            trap.address(name),
            "DB_SCHEDULER_SCHEDULER_NAME",
            name));
    return BatonProcess.start(name, environment, SHORT_TIMES);
  }

  @Override
  public void close() throws IOException {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
    trap.close();
    simulator.close();
    database.close();
  }
}
