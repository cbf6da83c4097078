package dev.baton.globaldatastore;

import dev.baton.core.Region;
import java.time.Instant;
import java.util.UUID;

/**
 * The last failover of a Global datastore that was to be carried out: not one that was denied, or
 * given up before it was sent.
 *
 * @param status its status, in the words of the API
 * @param at when it ended, or when it last changed
 */
public record LastFailover(UUID id, Region target, String status, Outcome outcome, Instant at) {

  /** What it has come to. */
  public enum Outcome {
    SUCCEEDED,
    FAILED,
    /** It goes on as it should. */
    UNDER_WAY,
    /** It goes on longer than it should, or nobody knows what its call came to. */
    IN_DOUBT
  }
}
