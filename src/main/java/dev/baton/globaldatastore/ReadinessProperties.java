package dev.baton.globaldatastore;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a target's readiness is judged by, and how often it is written.
 *
 * @param mostLag how far behind a target may be and still be READY
 * @param surveyEvery how often a Region is asked for the lag of all its secondaries, and for all
 *     its replication groups: CloudWatch takes money for each metric
 * @param keptFor how long a judgement that has not changed is kept before its age is renewed
 */
@Validated
@ConfigurationProperties("baton.readiness")
record ReadinessProperties(
    @DefaultValue("5s") Duration mostLag,
    @DefaultValue("5m") Duration surveyEvery,
    @DefaultValue("1m") Duration keptFor) {

  ReadinessProperties {
    if (mostLag.isNegative() || !surveyEvery.isPositive() || !keptFor.isPositive()) {
      throw new IllegalArgumentException("every time of baton.readiness must be longer than zero");
    }
  }
}
