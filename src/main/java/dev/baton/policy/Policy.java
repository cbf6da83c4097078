package dev.baton.policy;

import java.util.List;
import java.util.Set;

/** Rules that hold together. Pure: the same arguments, the same answer. */
public interface Policy {

  /** Asks every rule that concerns the request. */
  Judgement judge(PolicyRequest request, PolicyFacts facts);

  /** The decision alone. */
  default PolicyDecision evaluate(PolicyRequest request, PolicyFacts facts) {
    return judge(request, facts).decision();
  }

  /** The approvals that are still missing. They go by the request alone, whatever else is so. */
  List<ApprovalDemand> awaits(PolicyRequest request);

  /**
   * What the rules that concern the request look at. Nobody needs to wait until the rest is found
   * out.
   */
  Set<Fact> looksAt(PolicyRequest request);
}
