package dev.baton.policy;

import java.time.Duration;
import java.util.List;

/**
 * What a rule wants that said NEEDS_APPROVAL.
 *
 * @param required how many people
 * @param from the groups, of one of which each must be
 * @param expiresAfter how long the request waits for them
 */
public record ApprovalDemand(
    String rule,
    String policy,
    int version,
    int required,
    List<String> from,
    Duration expiresAfter) {

  public ApprovalDemand {
    from = List.copyOf(from);
  }
}
