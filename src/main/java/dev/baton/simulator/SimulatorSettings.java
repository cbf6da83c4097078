package dev.baton.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a simulator listens and how its world behaves.
 *
 * @param address the local address to listen on; loopback unless it runs in a container
 * @param port 0 for any free port
 * @param hostNames names besides loopback ones by which the control API may be called
 * @param regionPorts ports at which single Regions are reached too, 0 for any free one; only there
 *     a Region can refuse connections
 * @param rules how the simulated AWS behaves
 */
public record SimulatorSettings(
    String address,
    int port,
    Set<String> hostNames,
    Map<String, Integer> regionPorts,
    AwsRules rules) {

  public SimulatorSettings {
    hostNames = Set.copyOf(hostNames);
    regionPorts = Map.copyOf(regionPorts);
    refuseNoPort(port);
    regionPorts.forEach((region, regionPort) -> {
      Limits.region("region", region);
      refuseNoPort(regionPort);
    });
  }

  /** Loopback, any free port, a promotion in four seconds. */
  public static SimulatorSettings local() {
    return new SimulatorSettings(
        "127.0.0.1",
        0,
        Set.of(),
        Map.of(),
        new AwsRules(
            "000000000000",
            PromotionPlan.local(),
            Duration.ofSeconds(1),
            PresentPrimary.INVALID_PARAMETER_VALUE,
            false));
  }

  /** Twelve digits. */
  public String accountId() {
    return rules.accountId();
  }

  /** How a promotion goes. */
  public PromotionPlan promotionPlan() {
    return rules.promotionPlan();
  }

  /** How long a member is {@code disassociating} before it leaves. */
  public Duration disassociationTime() {
    return rules.disassociationTime();
  }

  /** What a failover call that names the present primary gets. */
  public PresentPrimary presentPrimary() {
    return rules.presentPrimary();
  }

  /** Whether a member may be disassociated while a promotion runs. */
  public boolean disassociatesWhilePromoting() {
    return rules.disassociatesWhilePromoting();
  }

  /** These settings listening elsewhere. */
  public SimulatorSettings listeningOn(String changedAddress, int changedPort) {
    return new SimulatorSettings(changedAddress, changedPort, hostNames, regionPorts, rules);
  }

  /** These settings with other names for the control API. */
  public SimulatorSettings withHostNames(Set<String> changed) {
    return new SimulatorSettings(address, port, changed, regionPorts, rules);
  }

  /** These settings with a port for a Region. */
  public SimulatorSettings withRegionPort(String region, int regionPort) {
    Map<String, Integer> changed = new TreeMap<>(regionPorts);
    changed.put(region, regionPort);
    return new SimulatorSettings(address, port, hostNames, changed, rules);
  }

  /** These settings with another account. */
  public SimulatorSettings withAccountId(String changed) {
    return with(rules.withAccountId(changed));
  }

  /** These settings with promotions going another way. */
  public SimulatorSettings withPromotionPlan(PromotionPlan changed) {
    return with(rules.withPromotionPlan(changed));
  }

  /** These settings with disassociations taking another time. */
  public SimulatorSettings withDisassociationTime(Duration changed) {
    return with(rules.withDisassociationTime(changed));
  }

  /** These settings with another answer to a failover that names the present primary. */
  public SimulatorSettings withPresentPrimary(PresentPrimary changed) {
    return with(rules.withPresentPrimary(changed));
  }

  /** These settings with disassociation during a promotion allowed or not. */
  public SimulatorSettings disassociatingWhilePromoting(boolean allowed) {
    return with(rules.disassociatingWhilePromoting(allowed));
  }

  private SimulatorSettings with(AwsRules changed) {
    return new SimulatorSettings(address, port, hostNames, regionPorts, changed);
  }

  private static void refuseNoPort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "The port is %d; it must be between 0 (any free one) and 65535.".formatted(port));
    }
  }
}
