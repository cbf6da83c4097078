package dev.baton.evacuation;

import dev.baton.failover.EvacuationGate;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Holds back the failovers of evacuations that don't go on. */
@Component
class PausedEvacuations implements EvacuationGate {
  private final EvacuationTable evacuations;

  PausedEvacuations(EvacuationTable evacuations) {
    this.evacuations = evacuations;
  }

  @Override
  public Optional<String> heldBack(UUID evacuationId) {
    return evacuations
        .findHeld(evacuationId)
        .filter(evacuation -> evacuation.status() != EvacuationStatus.RUNNING)
        .map(evacuation ->
            "evacuation %s is %s: %s"
                .formatted(evacuationId, evacuation.status(), evacuation.cause()));
  }
}
