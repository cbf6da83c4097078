package dev.baton.failover;

import java.util.Optional;
import java.util.UUID;

/** Tells whether the evacuation that a failover is part of lets it be sent. */
public interface EvacuationGate {

  /**
   * Why it doesn't; empty if it does, which stays so to the end of the transaction: who pauses or
   * aborts the evacuation waits for that.
   */
  Optional<String> heldBack(UUID evacuationId);
}
