package dev.baton.evacuation;

import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the evacuation that a path names. */
@Component
class EvacuationFinder {
  private final EvacuationTable evacuations;

  EvacuationFinder(EvacuationTable evacuations) {
    this.evacuations = evacuations;
  }

  /**
   * The evacuation of this id, written as the API writes it.
   *
   * @throws ProblemException if there is none
   */
  Evacuation find(String id) {
    return uuid(id)
        .flatMap(evacuations::find)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.UNKNOWN_EVACUATION,
                "There is no evacuation with this id; GET /v1/evacuations lists them."));
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(id -> id.toString().equals(text));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }
}
