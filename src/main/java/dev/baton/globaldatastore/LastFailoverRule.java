package dev.baton.globaldatastore;

import static dev.baton.globaldatastore.ReadinessReason.attention;

import java.util.Optional;
import java.util.stream.Stream;

/** Whether the last failover left something to look at. */
record LastFailoverRule() implements ReadinessRule {

  @Override
  public Stream<ReadinessReason> reasons(ReadinessFacts facts) {
    return facts.lastFailover().flatMap(LastFailoverRule::reason).stream();
  }

  private static Optional<ReadinessReason> reason(LastFailover last) {
    return advice(last.outcome())
        .map(advice ->
            attention(
                ReadinessCode.LAST_FAILOVER,
                "Failover %s to %s is %s since %s: %s."
                    .formatted(last.id(), last.target(), last.status(), last.at(), advice)));
  }

  private static Optional<String> advice(LastFailover.Outcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> Optional.empty();
      case FAILED -> Optional.of("see its explanation before the next");
      case UNDER_WAY -> Optional.of("wait for its end");
      case IN_DOUBT -> Optional.of("what it did is not clear yet, so see its explanation");
    };
  }
}
