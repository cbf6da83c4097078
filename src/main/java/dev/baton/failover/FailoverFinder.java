package dev.baton.failover;

import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import org.springframework.stereotype.Component;

/** Finds the failover that a path names. */
@Component
class FailoverFinder {
  private final FailoverRepository failovers;

  FailoverFinder(FailoverRepository failovers) {
    this.failovers = failovers;
  }

  /**
   * The failover of this id, written as the API writes it.
   *
   * @throws ProblemException if there is none
   */
  Failover find(String id) {
    return FailoverId.parse(id)
        .flatMap(known -> failovers.findById(known.value()))
        .orElseThrow(FailoverFinder::unknown);
  }

  static ProblemException unknown() {
    return new ProblemException(
        ProblemType.UNKNOWN_FAILOVER,
        "There is no failover with this id; GET /v1/failovers lists them.");
  }
}
