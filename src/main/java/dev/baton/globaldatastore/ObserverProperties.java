package dev.baton.globaldatastore;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often AWS is looked at.
 *
 * @param busy time from one look to the next in a Region while something is under way there
 * @param idle time from one look to the next while nothing is
 * @param slowest time from one look to the next that repeated failures lead to
 */
@Validated
@ConfigurationProperties("baton.observer")
record ObserverProperties(
    @DefaultValue("1s") Duration busy,
    @DefaultValue("30s") Duration idle,
    @DefaultValue("15s") Duration slowest) {

  ObserverProperties {
    if (!busy.isPositive() || !idle.isPositive() || !slowest.isPositive()) {
      throw new IllegalArgumentException("every time of baton.observer must be longer than zero");
    }
  }
}
