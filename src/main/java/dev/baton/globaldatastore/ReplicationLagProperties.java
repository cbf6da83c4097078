package dev.baton.globaldatastore;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long what is known of replication lag is gone by.
 *
 * @param kept how long a measurement is good after it was read: AWS makes one a minute
 * @param unknownKept how long AWS isn't asked again after it had nothing to say
 * @param patience how long a decision waits for AWS to say something
 */
@Validated
@ConfigurationProperties("baton.replication-lag")
record ReplicationLagProperties(
    @DefaultValue("60s") Duration kept,
    @DefaultValue("10s") Duration unknownKept,
    @DefaultValue("2s") Duration patience) {

  ReplicationLagProperties {
    if (!kept.isPositive() || !unknownKept.isPositive() || !patience.isPositive()) {
      throw new IllegalArgumentException(
          "every time of baton.replication-lag must be longer than zero");
    }
  }
}
