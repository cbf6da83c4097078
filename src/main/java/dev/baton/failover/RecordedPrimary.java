package dev.baton.failover;

import dev.baton.core.Region;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a primary is.
 *
 * @param since when the first describe began that showed it there
 */
record RecordedPrimary(Region region, Instant since) {

  /**
   * So long after a move a Region's view may still fall back behind it: what it shows then is no
   * news. AWS tells nothing of how far views lie apart.
   */
  static final Duration VIEWS_AGREE_WITHIN = Duration.ofSeconds(5);
}
