package dev.baton.failover.primary;

import dev.baton.core.Region;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a primary is.
 *
 * @param since when the first describe began that showed it there; what took its time to answer may
 *     have begun well before the move
 * @param recordedAt when that was recorded: it was there by then
 */
public record RecordedPrimary(Region region, Instant since, Instant recordedAt) {

  /**
   * So long after a move was recorded a Region's view may still fall back behind it: what it shows
   * then is no news. AWS tells nothing of how far views lie apart.
   */
  public static final Duration VIEWS_AGREE_WITHIN = Duration.ofSeconds(5);
}
