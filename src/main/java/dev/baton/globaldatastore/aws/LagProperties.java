package dev.baton.globaldatastore.aws;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How replication lag is read from CloudWatch's metric GlobalDatastoreReplicationLag.
 *
 * @param statistic The statistic of a period's measurements that is gone by.
 * @param dimension The metric's dimension that names the secondary; AWS doesn't document it.
 * @param timeout How long CloudWatch may take to answer, with all pages.
 */
@Validated
@ConfigurationProperties("baton.aws.lag")
record LagProperties(
    @DefaultValue("Maximum") @NotBlank String statistic,
    @DefaultValue("ReplicationGroupId") @NotBlank String dimension,
    @DefaultValue("2s") Duration timeout) {

  @AssertTrue(message = "baton.aws.lag.timeout must be longer than zero")
  boolean isTimeoutPositive() {
    return timeout.isPositive();
  }
}
