package dev.baton;

import dev.baton.simulator.FlipOrder;
import dev.baton.simulator.PromotionPlan;
import dev.baton.simulator.Simulator;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Leaves no fault behind, and lets promotions take half a second unless a test says otherwise. */
public final class CalmWorld implements BeforeEachCallback, AfterEachCallback {
  public static final PromotionPlan QUICK =
      PromotionPlan.local()
          .withStatusDelay(Duration.ofMillis(50))
          .withDuration(Duration.ofMillis(500))
          .withFlips(FlipOrder.ROLES_FIRST, Duration.ofMillis(150));

  @Override
  public void beforeEach(ExtensionContext context) {
    simulator(context).promotionsGo(QUICK);
    simulator(context).disassociatesWhilePromoting(false);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    simulator(context).clearFaults();
  }

  private static Simulator simulator(ExtensionContext context) {
    return SpringExtension.getApplicationContext(context).getBean(Simulator.class);
  }
}
