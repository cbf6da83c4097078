package dev.baton.simulator;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a simulator listens and how its world behaves.
 *
 * @param address the local address to listen on; loopback unless it runs in a container
 * @param port 0 for any free port
 * @param hostNames names besides loopback ones by which the control API may be called
 * @param accountId twelve digits
 * @param promotionPlan how a promotion goes
 * @param disassociationTime how long a member is {@code disassociating} before it leaves
 * @param presentPrimary what a failover call that names the present primary gets
 * @param disassociatesWhilePromoting whether a member may be disassociated while a promotion runs
 */
public record SimulatorSettings(
    String address,
    int port,
    Set<String> hostNames,
    String accountId,
    PromotionPlan promotionPlan,
    Duration disassociationTime,
    PresentPrimary presentPrimary,
    boolean disassociatesWhilePromoting) {

  private static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");

  public SimulatorSettings {
    hostNames = Set.copyOf(hostNames);
    if (!ACCOUNT_ID.matcher(accountId).matches()) {
      throw new IllegalArgumentException(
          "The account id is '%s'; it must have twelve digits.".formatted(accountId));
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "The port is %d; it must be between 0 (any free one) and 65535.".formatted(port));
    }
    if (disassociationTime.isNegative()) {
      throw new IllegalArgumentException(
          "The disassociation time is %s; it must be zero or more.".formatted(disassociationTime));
    }
  }

  /** Loopback, any free port, a promotion in four seconds. */
  public static SimulatorSettings local() {
    return new SimulatorSettings(
        "127.0.0.1",
        0,
        Set.of(),
        "000000000000",
        PromotionPlan.local(),
        Duration.ofSeconds(1),
        PresentPrimary.INVALID_PARAMETER_VALUE,
        false);
  }

  /** These settings listening elsewhere. */
  public SimulatorSettings listeningOn(String changedAddress, int changedPort) {
    return new SimulatorSettings(
        changedAddress,
        changedPort,
        hostNames,
        accountId,
        promotionPlan,
        disassociationTime,
        presentPrimary,
        disassociatesWhilePromoting);
  }

  /** These settings with other names for the control API. */
  public SimulatorSettings withHostNames(Set<String> changed) {
    return new SimulatorSettings(
        address,
        port,
        changed,
        accountId,
        promotionPlan,
        disassociationTime,
        presentPrimary,
        disassociatesWhilePromoting);
  }

  /** These settings with another account. */
  public SimulatorSettings withAccountId(String changed) {
    return new SimulatorSettings(
        address,
        port,
        hostNames,
        changed,
        promotionPlan,
        disassociationTime,
        presentPrimary,
        disassociatesWhilePromoting);
  }

  /** These settings with promotions going another way. */
  public SimulatorSettings withPromotionPlan(PromotionPlan changed) {
    return new SimulatorSettings(
        address,
        port,
        hostNames,
        accountId,
        changed,
        disassociationTime,
        presentPrimary,
        disassociatesWhilePromoting);
  }

  /** These settings with disassociations taking another time. */
  public SimulatorSettings withDisassociationTime(Duration changed) {
    return new SimulatorSettings(
        address,
        port,
        hostNames,
        accountId,
        promotionPlan,
        changed,
        presentPrimary,
        disassociatesWhilePromoting);
  }

  /** These settings with another answer to a failover that names the present primary. */
  public SimulatorSettings withPresentPrimary(PresentPrimary changed) {
    return new SimulatorSettings(
        address,
        port,
        hostNames,
        accountId,
        promotionPlan,
        disassociationTime,
        changed,
        disassociatesWhilePromoting);
  }

  /** These settings with disassociation during a promotion allowed or not. */
  public SimulatorSettings disassociatingWhilePromoting(boolean allowed) {
    return new SimulatorSettings(
        address,
        port,
        hostNames,
        accountId,
        promotionPlan,
        disassociationTime,
        presentPrimary,
        allowed);
  }
}
