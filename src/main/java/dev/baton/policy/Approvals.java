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
    return new Finding(
        Finding.Verdict.UNAPPROVED, "The request itself brings no approval.", demanded);
  }

  @Override
  public String remedy(Question question, Ways ways) {
    return "Ask %s for approval.%s"
        .formatted(String.join(" or ", from), ways.inOtherModes(question.request()));
  }
}
