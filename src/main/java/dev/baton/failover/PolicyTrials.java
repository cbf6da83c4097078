package dev.baton.failover;

import dev.baton.policy.DecisionChange;
import dev.baton.policy.Policies;
import dev.baton.policy.Policies.Draft;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.Requester;
import dev.baton.policy.RuleResult;
import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Tries policies that are not in force: on a request, and on the failovers that were requested. */
@Component
class PolicyTrials {
  private final Policies policies;
  private final FailoverPolicy policy;
  private final FailoverRepository failovers;
  private final DatastoreLookup lookup;

  PolicyTrials(
      Policies policies,
      FailoverPolicy policy,
      FailoverRepository failovers,
      DatastoreLookup lookup) {
    this.policies = policies;
    this.policy = policy;
    this.failovers = failovers;
    this.lookup = lookup;
  }

  /**
   * What policy would say of a request, and what it says.
   *
   * @param at the time that it was tried for
   */
  record Evaluation(Draft draft, Instant at, PolicyDecision decision, PolicyDecision inForce) {}

  /**
   * What a draft would say of a request, on the facts as they are.
   *
   * @param at when it would be requested
   * @throws dev.baton.problem.ProblemException if the document or the request can't be used
   */
  Evaluation evaluate(String document, FailoverRequest request, Requester requester, Instant at) {
    var draft = policies.draft(document);
    var inForce = policies.inForce();
    var found = lookup.find(request);
    var target = FailoverPreparation.target(request, found.datastore()).replicationGroupId();
    var asked = FailoverPolicy.about(request, requester, found.datastore());
    var foundOut = policy.findOut(asked, target, List.of(draft.policy(), inForce));
    var facts = policy.facts(asked, foundOut, found.observation(request).stream().toList(), at);
    return new Evaluation(
        draft, at, draft.policy().evaluate(asked, facts), inForce.evaluate(asked, facts));
  }

  /**
   * What a draft would have said of what was requested.
   *
   * @param compared how many failovers it was tried on
   * @param withoutFacts how many could not be compared, because their facts were not kept
   * @param otherwise those that would be decided otherwise, the youngest first
   */
  record Backtest(Draft draft, int compared, int withoutFacts, List<Otherwise> otherwise) {}

  /**
   * A failover that would be decided otherwise than it was.
   *
   * @param was what policy said when it was requested
   * @param inForce what the policies say that are in force now
   * @param wouldBe what they would say with the draft
   * @param because the rules that answer otherwise than then
   */
  record Otherwise(
      Failover failover,
      PolicyDecision was,
      PolicyDecision inForce,
      PolicyDecision wouldBe,
      List<Reason> because) {}

  /**
   * A rule that answers otherwise.
   *
   * @param said what it would say, or what it said then if it is gone
   */
  record Reason(DecisionChange change, RuleResult said) {}

  /**
   * Tries a draft on the failovers that were requested last, each on the facts of its time.
   *
   * @throws dev.baton.problem.ProblemException if the document can't be used
   */
  Backtest backtest(String name, String document, int last) {
    var draft = policies.draft(name, document);
    var inForce = policies.inForce();
    var past = failovers.findLast(Limit.of(last));
    var comparable =
        past.stream().filter(failover -> failover.decidedWhenRequested().isPresent()).toList();
    var otherwise =
        comparable.stream()
            .map(failover -> {
              var decided = failover.decidedWhenRequested().orElseThrow();
              var asked = FailoverPolicy.about(failover);
              var facts = decided.facts();
              return otherwise(
                  failover,
                  decided.decision(),
                  inForce.evaluate(asked, facts),
                  draft.policy().evaluate(asked, facts));
            })
            .filter(one -> one.was().outcome() != one.wouldBe().outcome())
            .toList();
    return new Backtest(draft, comparable.size(), past.size() - comparable.size(), otherwise);
  }

  private static Otherwise otherwise(
      Failover failover, PolicyDecision was, PolicyDecision inForce, PolicyDecision wouldBe) {
    var because =
        wouldBe.changesSince(was).stream()
            .filter(change -> !change.was().equals(change.outcome()))
            .map(change ->
                new Reason(
                    change,
                    wouldBe
                        .answer(change.policy(), change.rule())
                        .or(() -> was.answer(change.policy(), change.rule()))
                        .orElseThrow()))
            .toList();
    return new Otherwise(failover, was, inForce, wouldBe, because);
  }
}
