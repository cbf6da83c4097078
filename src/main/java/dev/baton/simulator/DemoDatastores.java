package dev.baton.simulator;

import dev.baton.simulator.SimulatedDatastore.Member;
import java.util.List;

/** A small world to try things on: four Global datastores in three Regions. */
public final class DemoDatastores {

  private static final String VIRGINIA = "us-east-1";
  private static final String OREGON = "us-west-2";
  private static final String IRELAND = "eu-west-1";

  private DemoDatastores() {}

  /** The datastores, in order of their ids. */
  public static List<SimulatedDatastore> all() {
    return List.of(
        SimulatedDatastore.of(
                "gxeiz-catalog",
                Member.primary("catalog-euw1", IRELAND),
                Member.secondary("catalog-use1", VIRGINIA))
            .withDescription("Product catalogue"),
        SimulatedDatastore.of(
                "ldgnf-carts",
                Member.primary("carts-use1", VIRGINIA),
                Member.secondary("carts-usw2", OREGON))
            .withDescription("Shopping carts")
            .withClusterMode(3),
        SimulatedDatastore.of(
                "ldgnf-sessions",
                Member.primary("sessions-use1", VIRGINIA),
                Member.secondary("sessions-usw2", OREGON),
                Member.secondary("sessions-euw1", IRELAND))
            .withDescription("Web sessions"),
        SimulatedDatastore.of(
                "sgaui-profiles",
                Member.primary("profiles-usw2", OREGON),
                Member.secondary("profiles-euw1", IRELAND))
            .withDescription("Customer profiles"));
  }
}
