package dev.baton.policy;

import java.time.Duration;
import java.util.List;

/** Other people have to agree. Asking and counting them is not the policy's business. */
record Approvals(int required, List<String> from, Duration expiresAfter, String demanded)
    implements Demand {

  Approvals(int required, List<String> from, Duration expiresAfter) {
    this(
        required,
        List.copyOf(from),
        expiresAfter,
        "%s of %s other than the requester must approve within %s."
            .formatted(
                required == 1 ? "One person" : required + " people",
                String.join(" or ", from),
                expiresAfter));
  }

  @Override
  public Finding judge(Question question) {
    return judge(question.request());
  }

  /** It goes by the request alone. */
  Finding judge(PolicyRequest request) {
    var approvers = approvers(request);
    return new Finding(
        approvers.size() >= required ? Finding.Verdict.MET : Finding.Verdict.UNAPPROVED,
        approvers.isEmpty()
            ? "Nobody has approved it yet."
            : "It was approved by %s.".formatted(String.join(", ", approvers)),
        demanded);
  }

  private List<String> approvers(PolicyRequest request) {
    return counted(from, request.approvals(), request.requester().person());
  }

  /** Those whose approval counts: distinct people of the groups, and never the requester. */
  static List<String> counted(List<String> groups, List<Approver> approvers, String requester) {
    return approvers.stream()
        .filter(approver -> groups.stream().anyMatch(approver.groups()::contains))
        .map(Approver::person)
        .filter(person -> !person.equals(requester))
        .distinct()
        .sorted()
        .toList();
  }

  ApprovalDemand demanded(String policy, int version, String rule, PolicyRequest request) {
    return new ApprovalDemand(rule, policy, version, required, 0, from, expiresAfter)
        .counting(request.approvals(), request.requester().person());
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return "Ask %s for approval.%s"
        .formatted(String.join(" or ", from), ways.inOtherModes(question.request()));
  }
}
