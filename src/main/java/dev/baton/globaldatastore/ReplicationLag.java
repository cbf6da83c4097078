package dev.baton.globaldatastore;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a secondary is behind its primary: writes younger than that are lost if it is promoted
 * without the primary. Where nothing is measured the lag is unknown, never zero.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "as")
public sealed interface ReplicationLag {

  /**
   * It was measured.
   *
   * @param lag how far it was behind
   * @param measuredAt the time that AWS gives the measurement: the begin of its period
   * @param readAt when AWS was asked for it
   */
  record Known(Duration lag, Instant measuredAt, Instant readAt) implements ReplicationLag {}

  /**
   * There is no measurement to go by.
   *
   * @param reason in words, without a full stop
   */
  record Unknown(String reason) implements ReplicationLag {
    public Unknown {
      // AWS's own words often end with one.
      reason = reason.replaceFirst("\\.+$", "");
    }
  }

  /** What a number of seconds as AWS gives it says: one that can't be a lag says nothing. */
  static ReplicationLag ofSeconds(double seconds, Instant measuredAt, Instant readAt) {
    return seconds >= 0 && seconds <= Integer.MAX_VALUE
        ? new Known(Duration.ofNanos(Math.round(seconds * 1e9)), measuredAt, readAt)
        : new Unknown(
            "CloudWatch shows %s seconds at %s, which can't be a lag"
                .formatted(seconds, measuredAt));
  }
}
