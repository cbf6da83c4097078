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

  /** A page may take so long, with all repetitions. */
  private static final Duration SLOW_LOOK = Duration.ofSeconds(10);

  ObserverProperties {
    if (!busy.isPositive() || !idle.isPositive() || !slowest.isPositive()) {
      throw new IllegalArgumentException("every time of baton.observer must be longer than zero");
    }
  }

  /**
   * How old what a Region showed last may get while the Region is well: one look may fail and the
   * next be slow.
   */
  Duration silence() {
    var longest = idle.compareTo(slowest) > 0 ? idle : slowest;
    return longest.multipliedBy(2).plus(SLOW_LOOK);
  }
}
