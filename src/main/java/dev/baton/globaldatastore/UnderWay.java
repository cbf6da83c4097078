package dev.baton.globaldatastore;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that is under way with a Global datastore.
 *
 * @param since when it began
 * @param expected when it should be over; empty if nothing is known of that
 */
public record UnderWay(Instant since, Optional<Expected> expected) {

  /**
   * How long the likes of it have taken.
   *
   * @param soonest hardly one was over before
   * @param median half of them took no longer
   * @param latest hardly one took longer
   */
  public record Expected(Duration soonest, Duration median, Duration latest) {}
}
