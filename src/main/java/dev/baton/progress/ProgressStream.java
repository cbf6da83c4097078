package dev.baton.progress;

import dev.baton.audit.AuditEntry;
import dev.baton.audit.AuditStream;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What can be followed. Progress knows no more of it than what its stream says. */
enum ProgressStream {
  FAILOVER("failover", ProblemType.UNKNOWN_FAILOVER, "/v1/failovers"),
  EVACUATION("evacuation", ProblemType.UNKNOWN_EVACUATION, "/v1/evacuations");

  private static final Set<String> ENDS =
      Set.of(
          "FAILOVER_SUCCEEDED",
          "FAILOVER_FAILED",
          "FAILOVER_DENIED",
          "FAILOVER_CANCELLED",
          "FAILOVER_EXPIRED",
          "EVACUATION_SUCCEEDED",
          "EVACUATION_FAILED",
          "EVACUATION_CANCELLED");

  /** An evacuation that was over begins again. */
  private static final String AGAIN = "EVACUATION_RETRIED";

  private final String kind;
  private final ProblemType unknown;
  private final String list;

  ProgressStream(String kind, ProblemType unknown, String list) {
    this.kind = kind;
    this.unknown = unknown;
    this.list = list;
  }

  AuditStream of(String id) {
    return uuid(id).map(uuid -> AuditStream.of(kind, uuid)).orElseThrow(this::unknown);
  }

  /** Whether it is over with this entry. */
  static boolean isEnd(AuditEntry entry) {
    return ENDS.contains(entry.type());
  }

  /** The entry with which it is over, unless it began again later. */
  static Optional<AuditEntry> end(List<AuditEntry> entries) {
    var end = Optional.<AuditEntry>empty();
    for (var entry : entries) {
      if (entry.type().equals(AGAIN)) {
        end = Optional.empty();
      } else if (end.isEmpty() && isEnd(entry)) {
        end = Optional.of(entry);
      }
    }
    return end;
  }

  ProblemException unknown() {
    return new ProblemException(
        unknown, "There is no %s with this id; GET %s lists them.".formatted(kind, list));
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text)).filter(it -> it.toString().equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
