package dev.baton.globaldatastore;

import dev.baton.core.Region;
import dev.baton.core.ReplicationGroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a Region answered last to a question about all its replication groups.
 *
 * @param readAt when the question was sent that was answered; empty if none was
 * @param answer by replication group; of one that is missing, AWS said nothing or wasn't asked
 * @param failure why there was no answer the last time; empty if there was
 * @param <T> what was asked for
 */
record Survey<T>(
    Region region,
    Optional<Instant> readAt,
    Map<ReplicationGroupId, T> answer,
    Optional<String> failure) {

  Survey {
    answer = Map.copyOf(answer);
  }

  static <T> Survey<T> none(Region region) {
    return new Survey<>(region, Optional.empty(), Map.of(), Optional.empty());
  }

  /** What it says of one, if that is no older than this. */
  Optional<T> of(ReplicationGroupId id, Duration atMost, Instant now) {
    return readAt
        .filter(at -> !at.plus(atMost).isBefore(now))
        .flatMap(_ -> Optional.ofNullable(answer.get(id)));
  }
}
