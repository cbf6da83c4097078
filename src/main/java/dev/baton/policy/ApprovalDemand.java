package dev.baton.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a rule wants that said NEEDS_APPROVAL.
 *
 * @param required how many people
 * @param given how many of them have approved
 * @param from the groups, of one of which each must be
 * @param expiresAfter how long the request waits for them
 */
public record ApprovalDemand(
    String rule,
    String policy,
    int version,
    int required,
    int given,
    List<String> from,
    Duration expiresAfter) {

  public ApprovalDemand {
    from = List.copyOf(from);
  }

  /** Whether an approval of somebody in these groups counts. */
  public boolean isFor(Set<String> groups) {
    return from.stream().anyMatch(groups::contains);
  }

  /**
   * The same, with those counted who have approved: distinct people of its groups.
   *
   * @param requester the person who asked: they never count
   */
  public ApprovalDemand counting(List<Approver> approvers, String requester) {
    var counted = Approvals.counted(from, approvers, requester).size();
    return new ApprovalDemand(rule, policy, version, required, counted, from, expiresAfter);
  }

  /** Who is missing, in words. */
  public String missing() {
    return "%d of %s (rule %s of policy %s)"
        .formatted(required - given, String.join(" or ", from), rule, policy);
  }

  /** Whether as many have approved as have to. */
  @JsonIgnore
  public boolean isMet() {
    return given >= required;
  }

  /** Whether whoever meets the other one meets this one too. */
  public boolean isCoveredBy(ApprovalDemand other) {
    return policy.equals(other.policy)
        && rule.equals(other.rule)
        && required <= other.required
        && from.containsAll(other.from);
  }
}
