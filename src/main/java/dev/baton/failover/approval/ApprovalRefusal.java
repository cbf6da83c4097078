package dev.baton.failover.approval;

import dev.baton.failover.approval.Consent.Standing;
import dev.baton.policy.ApprovalDemand;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.util.List;
import java.util.stream.Collectors;

/** Why somebody may say neither yes nor no to what waits for approval. */
public final class ApprovalRefusal {
  private ApprovalRefusal() {}

  /**
   * The refusal.
   *
   * @param what waits, such as "failover"
   * @param missing whose approval is missing
   */
  public static ProblemException of(Standing standing, String what, List<ApprovalDemand> missing) {
    return switch (standing) {
      case Standing.Requester _ ->
          new ProblemException(
              ProblemType.OWN_REQUEST,
              ("You asked for this %s yourself, by this or another token of yours, so somebody else"
                      + " has to approve or reject it. To end it, cancel it.")
                  .formatted(what));
      case Standing.HasApproved _ ->
          new ProblemException(
              ProblemType.ALREADY_APPROVED,
              "You have approved it already, by this or another token of yours; still missing: %s."
                  .formatted(inWords(missing)));
      case Standing.Stranger(var awaited) ->
          new ProblemException(
              ProblemType.NOT_AN_APPROVER,
              ("Your groups, as far as they are known, are none of those whose approval"
                      + " is missing: %s.")
                  .formatted(inWords(awaited)));
      case Standing.Asked _ -> throw new IllegalArgumentException("they may");
    };
  }

  private static String inWords(List<ApprovalDemand> awaited) {
    return awaited.stream().map(ApprovalDemand::missing).collect(Collectors.joining("; "));
  }
}
