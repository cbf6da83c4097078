package dev.baton.failover;

import dev.baton.globaldatastore.LastMoves;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import org.springframework.stereotype.Component;

/** Tells whether a failover can be taken back: not if the world has moved on since. */
@Component
class Failbacks {
  private final LastMoves moves;

  Failbacks(LastMoves moves) {
    this.moves = moves;
  }

  /**
   * Refuses what leads nowhere back, by what Baton has on record. What AWS shows is looked at once
   * it is requested.
   *
   * @throws ProblemException if there is no way back
   */
  void refuseUnlessPossible(Failover failover) {
    failover
        .failbackOf()
        .ifPresent(first -> {
          throw refused(
              "it is itself the failback of %s; to go there once more, request a failover"
                  .formatted(first));
        });
    if (!failover.status().isFinished()) {
      throw refused("it is %s: what isn't over can't be taken back".formatted(failover.status()));
    }
    switch (failover.effect()) {
      case PROMOTED -> {}
      case DETACHED ->
          throw refused(
              "it took %s out of the Global datastore, which has to be rebuilt first"
                  .formatted(failover.targetReplicationGroupId()));
      case ALREADY_PRIMARY, NONE -> throw refused("it has not moved the primary");
      case UNKNOWN -> throw refused("whether it has moved the primary is not known");
    }
    if (failover.sourceRegion().isEmpty()) {
      throw refused("where the primary was before is not known");
    }
    moves
        .lastMove(failover.accountId(), failover.globalReplicationGroupId())
        .filter(last -> last.failoverId().filter(failover.getId()::equals).isEmpty())
        .ifPresent(last -> {
          throw refused(
              "the primary has moved since, from %s to %s, %s (recorded at %s)"
                  .formatted(
                      last.from(),
                      last.to(),
                      last.failoverId().map(id -> "by failover " + id).orElse("without Baton"),
                      last.recordedAt()));
        });
  }

  static ProblemException refused(String why) {
    return new ProblemException(
        ProblemType.FAILBACK_REFUSED, "There is no failback of this failover: %s.".formatted(why));
  }
}
