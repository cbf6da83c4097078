package dev.baton.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Several policies that hold together: all the rules apply that concern a request. */
public final class PolicySet implements Policy {
  private final List<PolicyDocument> documents;

  /**
   * The order doesn't matter.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public PolicySet(Collection<PolicyDocument> documents) {
    this.documents = documents.stream().sorted(Comparator.comparing(PolicyDocument::name)).toList();
    var names = this.documents.stream().map(PolicyDocument::name).toList();
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException("two policies have the same name: " + names);
    }
  }

  public List<PolicyDocument> documents() {
    return documents;
  }

  @Override
  public Judgement judge(PolicyRequest request, PolicyFacts facts) {
    var question = new Question(request, facts);
    var ways = new OpenWays(facts);
    var results = new ArrayList<RuleResult>();
    var approvals = new ArrayList<ApprovalDemand>();
    for (var document : documents) {
      for (var rule : document.concerning(request)) {
        var result = ask(document, rule, question, ways);
        results.add(result);
        if (result.outcome() == RuleOutcome.NEEDS_APPROVAL
            && rule.demand() instanceof Approvals approval) {
          approvals.add(demanded(result, approval));
        }
      }
    }
    return new Judgement(
        PolicyDecision.of(results), new Overrides(documents).misused(request, results), approvals);
  }

  private static RuleResult ask(PolicyDocument document, Rule rule, Question question, Ways ways) {
    var finding = rule.demand().judge(question);
    var isSetAside = question.request().overrides(document.name(), rule.name());
    return new RuleResult(
        rule.name(),
        document.name(),
        document.version(),
        rule.outcome(finding, isSetAside),
        finding.seen(),
        finding.demanded(),
        finding.isMet() ? "" : rule.demand().remedy(question, ways));
  }

  private static ApprovalDemand demanded(RuleResult result, Approvals approval) {
    return new ApprovalDemand(
        result.rule(),
        result.policy(),
        result.version(),
        approval.required(),
        approval.from(),
        approval.expiresAfter());
  }

  @Override
  public Set<Fact> looksAt(PolicyRequest request) {
    return documents.stream()
        .flatMap(document -> document.concerning(request).stream())
        .flatMap(rule -> rule.demand().looksAt().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether no rule stands against a request, without a word why. */
  private boolean lets(Question question) {
    var request = question.request();
    for (var document : documents) {
      for (var rule : document.concerning(request)) {
        var outcome =
            rule.outcome(
                rule.demand().judge(question), request.overrides(document.name(), rule.name()));
        if (outcome.standsAgainst()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Each refusal asks for the same few other requests, so each is judged once. */
  private final class OpenWays implements Ways {
    private final PolicyFacts facts;
    private final Map<PolicyRequest, Boolean> known = new HashMap<>();

    private OpenWays(PolicyFacts facts) {
      this.facts = facts;
    }

    @Override
    public boolean isOpen(PolicyRequest other) {
      return known.computeIfAbsent(other, request -> lets(new Question(request, facts)));
    }
  }
}
