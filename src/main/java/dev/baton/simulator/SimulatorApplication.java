package dev.baton.simulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs the simulator alone, with the datastores of {@link DemoDatastores}. Its settings come from
 * the environment: BATON_SIMULATOR_ADDRESS, _PORT, _HOST_NAMES (comma-separated), _REGION_PORTS
 * (us-east-1=8091,us-west-2=8092), _ACCOUNT_ID, _PROMOTION_TIME, _STATUS_DELAY, _FLIP_GAP,
 * _DISASSOCIATION_TIME (ISO-8601 durations), _FLIP_ORDER, _PROMOTION_ENDING, _PRESENT_PRIMARY,
 * _DISASSOCIATES_WHILE_PROMOTING, and _SETUP or _SETUP_FILE: see {@link SimulatorSetup}.
 */
public final class SimulatorApplication {

  private static final String PREFIX = "BATON_SIMULATOR_";

  private final Map<String, String> environment;

  private SimulatorApplication(Map<String, String> environment) {
    this.environment = environment;
  }

  static void main(String[] args) throws InterruptedException {
    Simulator simulator = start(System.getenv());
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    System.out.println(greeting(simulator));
    Thread.currentThread().join();
  }

  static Simulator start(Map<String, String> environment) {
    Simulator simulator = Simulator.start(settings(environment));
    simulator.addAll(DemoDatastores.all());
    try {
      new SimulatorSetup(new Control(simulator)).carryOut(environment);
      return simulator;
    } catch (IllegalArgumentException e) {
      simulator.close();
      throw e;
    }
  }

  static SimulatorSettings settings(Map<String, String> environment) {
    return new SimulatorApplication(environment).settings();
  }

  static String greeting(Simulator simulator) {
    String ids =
        simulator.datastores().stream()
            .map(snapshot -> snapshot.datastore().globalReplicationGroupId())
            .collect(Collectors.joining(", "));
    return """
    ElastiCache is simulated at %1$s: %2$s.
    Any credentials will do. Try:
      AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any aws elasticache \
    describe-global-replication-groups --show-member-info --region us-east-1 \
    --endpoint-url %1$s
      curl %1$s/simulator/datastores\
    """
        .formatted(simulator.endpoint(), ids);
  }

  private SimulatorSettings settings() {
    SimulatorSettings local = SimulatorSettings.local();
    PromotionPlan plan = local.promotionPlan();
    return new SimulatorSettings(
        read("ADDRESS", local.address(), Function.identity()),
        read("PORT", 8081, Integer::valueOf),
        read("HOST_NAMES", local.hostNames(), SimulatorApplication::names),
        read("REGION_PORTS", local.regionPorts(), SimulatorApplication::regionPorts),
        new AwsRules(
            read("ACCOUNT_ID", local.accountId(), Function.identity()),
            new PromotionPlan(
                read("STATUS_DELAY", plan.statusDelay(), Duration::parse),
                read("PROMOTION_TIME", plan.duration(), Duration::parse),
                read("FLIP_ORDER", plan.flipOrder(), FlipOrder::valueOf),
                read("FLIP_GAP", plan.flipGap(), Duration::parse),
                read("PROMOTION_ENDING", plan.ending(), PromotionPlan.Ending::valueOf)),
            read("DISASSOCIATION_TIME", local.disassociationTime(), Duration::parse),
            read("PRESENT_PRIMARY", local.presentPrimary(), PresentPrimary::valueOf),
            read("DISASSOCIATES_WHILE_PROMOTING", false, SimulatorApplication::flag)));
  }

  private <T> T read(String name, T otherwise, Function<String, T> parse) {
    String value = environment.getOrDefault(PREFIX + name, "").strip();
    try {
      return value.isEmpty() ? otherwise : parse.apply(value);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(
          "%s%s is '%s', which can't be read; leave it out for %s."
              .formatted(PREFIX, name, value, otherwise),
          e);
    }
  }

  private static boolean flag(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Set<String> names(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  /** Region and port, as in {@code us-east-1=8091,us-west-2=8092}. */
  private static Map<String, Integer> regionPorts(String list) {
    return names(list).stream()
        .map(entry -> entry.split("=", 2))
        .collect(
            Collectors.toMap(
                entry -> Limits.region("region", entry[0]),
                entry -> Integer.valueOf(entry.length == 2 ? entry[1] : "")));
  }
}
