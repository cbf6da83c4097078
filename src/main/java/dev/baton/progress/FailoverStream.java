package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import dev.baton.audit.AuditStream;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The stream of one failover. Progress knows of a failover only what its stream says. */
final class FailoverStream {
  private static final Set<String> ENDS =
      Set.of(
          "FAILOVER_SUCCEEDED",
          "FAILOVER_FAILED",
          "FAILOVER_DENIED",
          "FAILOVER_CANCELLED",
          "FAILOVER_EXPIRED");

  private FailoverStream() {}

  static AuditStream of(String id) {
    return uuid(id)
        .map(uuid -> AuditStream.of("failover", uuid))
        .orElseThrow(FailoverStream::unknown);
  }

  /** Whether the failover is over with this entry. */
  static boolean isEnd(AuditEntry entry) {
    return ENDS.contains(entry.type());
  }

  static ProblemException unknown() {
    return new ProblemException(
        ProblemType.UNKNOWN_FAILOVER,
        "There is no failover with this id; GET /v1/failovers lists them.");
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(it -> it.toString().equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
