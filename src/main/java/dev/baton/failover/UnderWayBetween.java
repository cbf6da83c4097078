package dev.baton.failover;

import dev.baton.core.Region;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many failovers are under way from one Region to another.
 *
 * @param source null, as the database has it, where it isn't known
 */
record UnderWayBetween(@Nullable Region source, Region target, long failovers) {

  Optional<Region> from() {
    return Optional.ofNullable(source);
  }

  int count() {
    return Math.toIntExact(failovers);
  }
}
