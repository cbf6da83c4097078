package dev.baton.policy;

import dev.baton.core.FailoverMode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The other requests that the whole policy would let pass at this moment. */
@FunctionalInterface
interface Ways {

  boolean isOpen(PolicyRequest other);

  /**
   * A sentence for each other mode in which the same request would pass, with a blank before it.
   */
  default String inOtherModes(PolicyRequest request) {
    return Arrays.stream(FailoverMode.values())
        .filter(mode -> mode != request.mode() && isOpen(request.with(mode)))
        .map(Ways::proposal)
        .map(" "::concat)
        .collect(Collectors.joining());
  }

  private static String proposal(FailoverMode mode) {
    return switch (mode) {
      case SWITCHOVER ->
          "This policy would let mode SWITCHOVER pass now: it loses no writes, but both Regions"
              + " have to answer.";
      case FAILOVER ->
          "If it can't wait, this policy would let mode FAILOVER pass now: it demands"
              + " acceptDataLoss: true, and writes that have not been replicated are lost.";
      case DETACH ->
          "Where AWS can't promote it, this policy would let mode DETACH pass now: it takes the"
              + " target out of the Global datastore, which has to be rebuilt afterwards.";
    };
  }
}
