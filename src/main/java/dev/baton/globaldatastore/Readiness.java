package dev.baton.globaldatastore;

import dev.baton.core.ReadinessLevel;
import java.util.Comparator;
import java.util.List;

/**
 * How fit a member of a Global datastore is to become primary.
 *
 * @param reasons all that stands against it, the worst first; empty if nothing does
 */
public record Readiness(ReadinessLevel level, List<ReadinessReason> reasons) {
  private static final Comparator<ReadinessReason> WORST_FIRST =
      Comparator.comparing(ReadinessReason::level, Comparator.reverseOrder())
          .thenComparing(ReadinessReason::code);

  public Readiness {
    reasons = List.copyOf(reasons);
  }

  static Readiness of(List<ReadinessReason> reasons) {
    return new Readiness(
        ReadinessLevel.worst(reasons.stream().map(ReadinessReason::level).toList()),
        reasons.stream().sorted(WORST_FIRST).toList());
  }
}
