package dev.baton.simulator;

import static dev.baton.simulator.SimulatedDatastore.Member.primary;
import static dev.baton.simulator.SimulatedDatastore.Member.secondary;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SimulatedDatastoreTests {

  @Test
  void needsExactlyOnePrimary() {
    refuses(() -> SimulatedDatastore.of("ldgnf-a", secondary("a", "us-east-1")), "has 0 primaries");
    refuses(
        () ->
            SimulatedDatastore.of("ldgnf-a", primary("a", "us-east-1"), primary("b", "us-west-2")),
        "has 2 primaries");
  }

  @Test
  void needsARegionForEachMember() {
    refuses(
        () ->
            SimulatedDatastore.of(
                "ldgnf-a", primary("a", "us-east-1"), secondary("b", "us-east-1")),
        "each in a Region of its own");
    refuses(() -> SimulatedDatastore.of("ldgnf-a"), "needs one to 3");
    refuses(() -> primary("a", "Ireland"), "'Ireland' is not an AWS Region");
  }

  @Test
  void needsAnIdWithAPrefix() {
    refuses(() -> SimulatedDatastore.of("a", primary("a", "us-east-1")), "'a' is not");
  }

  @Test
  void sharesNoReplicationGroupWithAnother() {
    World world = World.empty().with(SimulatedDatastore.of("ldgnf-a", primary("a", "us-east-1")));

    refuses(
        () -> world.with(SimulatedDatastore.of("ldgnf-b", primary("a", "us-east-1"))),
        "belongs to ldgnf-a already");
  }

  private static void refuses(ThrowingCallable making, String why) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
