package dev.baton.policy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.baton.core.Region;
import java.time.Duration;
import java.time.Instant;

/** How far the target of a failover is behind its primary, as far as anybody knows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "as")
public sealed interface TargetLag {

  /** The target's Region. */
  Region region();

  /**
   * It was measured.
   *
   * @param measuredAt the time that the measurement is of
   */
  record Measured(Region region, Duration lag, Instant measuredAt) implements TargetLag {}

  /**
   * Nobody knows.
   *
   * @param reason why not, in words and without a full stop
   */
  record Unknown(Region region, String reason) implements TargetLag {}
}
