package dev.baton.failover.process;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The times that a failover goes by.
 *
 * @param startWithin how long after it may start a failover expires, where the request doesn't say
 * @param factsAge how old what AWS showed may be when a call is decided; more than AWS may take to
 *     show it (baton.aws.read-budget)
 * @param sendWithin how long after its intent was recorded a call may be sent
 * @param landsMargin how long after the timeout of a call that was sent at the last moment it may
 *     still begin to have an effect
 * @param resendSettling how long AWS must show the old roles, unchanged, before a call whose
 *     outcome is unknown is made again
 * @param failureSettling how long AWS must show the old roles, unchanged, before a failover counts
 *     as failed
 * @param promotionDeadline how long a promotion may take before it counts as stalled
 * @param mostAttempts how many calls are made at the most
 */
@Validated
@ConfigurationProperties("baton.failover")
public record FailoverProperties(
    @DefaultValue("15m") Duration startWithin,
    @DefaultValue("10s") Duration factsAge,
    @DefaultValue("5s") Duration sendWithin,
    @DefaultValue("2s") Duration landsMargin,
    @DefaultValue("20s") Duration resendSettling,
    @DefaultValue("5m") Duration failureSettling,
    @DefaultValue("10m") Duration promotionDeadline,
    @DefaultValue("8") @Min(1) int mostAttempts) {

  public FailoverProperties {
    var times =
        Stream.of(
            startWithin,
            factsAge,
            sendWithin,
            landsMargin,
            resendSettling,
            failureSettling,
            promotionDeadline);
    if (!times.allMatch(Duration::isPositive)) {
      throw new IllegalArgumentException("every time of baton.failover must be longer than zero");
    }
  }
}
