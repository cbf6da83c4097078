package dev.baton.failover.approval;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.baton.core.Actor;
import dev.baton.core.Caller;
import dev.baton.core.Groups;
import dev.baton.failover.approval.Approval.Lapse;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.Approver;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What people have to agree to of a failover, and what they have said. It changes by making another
 * one.
 *
 * @param demanded all that was demanded when they were asked last
 * @param before when they are no longer waited for; empty if nobody was asked
 * @param given who has approved, in the order of time, and whether that still counts
 */
public record Consent(
    List<ApprovalDemand> demanded, Optional<Instant> before, List<Approval> given) {

  /** Nobody was asked. */
  public static final Consent NONE = new Consent(List.of(), Optional.empty(), List.of());

  public Consent {
    demanded = List.copyOf(demanded);
    given = List.copyOf(given);
  }

  /** Asks people for all of this, who were asked for nothing before, or for something else. */
  public Consent asking(List<ApprovalDemand> demands, Instant now) {
    var wait = demands.stream().map(ApprovalDemand::expiresAfter).min(Comparator.naturalOrder());
    return new Consent(demands, wait.map(now::plus), given);
  }

  /** The same, but no approval that was given counts any more. */
  public Consent lapsed(String why, Instant now) {
    var because = new Lapse(now, why);
    return new Consent(demanded, before, given.stream().map(it -> it.lapsed(because)).toList());
  }

  /** Those whose approval counts. */
  @JsonIgnore
  public List<Approver> approvers() {
    return given.stream().filter(Approval::stands).map(Approval::approver).toList();
  }

  /**
   * What is still missing.
   *
   * @param requester the person who asked for the failover: their approval never counts
   */
  public List<ApprovalDemand> awaited(String requester) {
    return demanded.stream()
        .map(demand -> demand.counting(approvers(), requester))
        .filter(demand -> !demand.isMet())
        .toList();
  }

  /**
   * The same in the face of what policy demands by now. Where that is more, or of fewer people, no
   * approval counts any more: nobody has agreed to what they did not know.
   */
  public Consent facing(List<ApprovalDemand> demands, Instant now) {
    var isOutdone =
        !demands.stream().allMatch(demand -> demanded.stream().anyMatch(demand::isCoveredBy));
    var kept = isOutdone ? lapsed("policy demands more than when it was given", now).given : given;
    return new Consent(demands, before, kept);
  }

  /** Whether somebody may say yes or no to it, or why not. */
  public Standing standing(Caller caller, String requester) {
    if (caller.person().equals(requester)) {
      return new Standing.Requester();
    }
    if (!(caller.groups() instanceof Groups.Known(var groups))) {
      return new Standing.Stranger(demanded);
    }
    var asked = awaited(requester).stream().filter(demand -> demand.isFor(groups)).toList();
    if (approvers().stream().anyMatch(it -> it.person().equals(caller.person()))) {
      return new Standing.HasApproved();
    }
    return asked.isEmpty() ? new Standing.Stranger(awaited(requester)) : new Standing.Asked(groups);
  }

  /** With one more approval. */
  public Consent with(Actor by, String person, Set<String> groups, String comment, Instant now) {
    var approval = new Approval(by, person, groups, now, comment, Optional.empty());
    return new Consent(
        demanded, before, Stream.concat(given.stream(), Stream.of(approval)).toList());
  }

  /** How somebody stands to a failover that waits for approval. */
  public sealed interface Standing {
    /** They may approve or reject it. */
    record Asked(Set<String> groups) implements Standing {}

    /** They asked for it themselves, whatever token they use. */
    record Requester() implements Standing {}

    /** They have approved it already. */
    record HasApproved() implements Standing {}

    /**
     * Their approval would not count.
     *
     * @param awaited whose would
     */
    record Stranger(List<ApprovalDemand> awaited) implements Standing {}
  }
}
