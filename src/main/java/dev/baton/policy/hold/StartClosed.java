package dev.baton.policy.hold;

import dev.baton.policy.Policies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Holds everything back from the start, where that is wanted: before anything can be sent. */
@Component
@EnableConfigurationProperties(HoldProperties.class)
class StartClosed implements InitializingBean {
  private static final Logger LOG = LoggerFactory.getLogger(StartClosed.class);

  private final HoldProperties properties;
  private final HoldDesk desk;

  /**
   * For the start.
   *
   * @param policies asked for, because the first ones are stored only where nothing was changed yet
   */
  StartClosed(HoldProperties properties, HoldDesk desk, Policies policies) {
    this.properties = properties;
    this.desk = desk;
    policies.inForce();
  }

  @Override
  public void afterPropertiesSet() {
    if (properties.startClosed()) {
      desk.setOnce("Baton was started closed (baton.holds.start-closed)")
          .ifPresentOrElse(
              hold ->
                  LOG.warn(
                      "Started closed: nothing is sent until DELETE /v1/holds/{}?comment=… ends the"
                          + " hold",
                      hold.id()),
              () -> LOG.warn("Started closed: the hold of an earlier start still stands"));
    }
  }
}
