package dev.baton.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several policies that hold together: all the rules apply that concern a request. */
public final class PolicySet implements Policy {
  private final List<PolicyDocument> documents;
  private final List<PolicyDocument> withFailback;

  /**
   * The order doesn't matter.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  public PolicySet(Collection<PolicyDocument> documents) {
    this.documents = byName(documents.stream());
    var names = this.documents.stream().map(PolicyDocument::name).toList();
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException("two policies have the same name: " + names);
    }
    this.withFailback = byName(Stream.concat(documents.stream(), Stream.of(Failback.RULES)));
  }

  private static List<PolicyDocument> byName(Stream<PolicyDocument> some) {
    return some.sorted(Comparator.comparing(PolicyDocument::name)).toList();
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
    for (var document : asked(request)) {
      for (var rule : document.concerning(request)) {
        var result = ask(document, rule, question, ways);
        results.add(result);
        if (result.outcome() == RuleOutcome.NEEDS_APPROVAL
            && rule.demand() instanceof Approvals approval) {
          approvals.add(
              approval.demanded(document.name(), document.version(), rule.name(), request));
        }
      }
    }
    return new Judgement(
        PolicyDecision.of(results),
        new Overrides(asked(request)).misused(request, results),
        approvals);
  }

  private static RuleResult ask(PolicyDocument document, Rule rule, Question question, Ways ways) {
    var finding = rule.demand().judge(question);
    var isSetAside = question.request().overrides(document.name(), rule.name());
    return new RuleResult(
        rule.name(),
        document.name(),
        document.version(),
        rule.outcome(finding, isSetAside, question.isAhead()),
        finding.seen(),
        finding.demanded(),
        remedy(rule, finding, question, ways));
  }

  private static String remedy(Rule rule, Finding finding, Question question, Ways ways) {
    if (finding.isMet()) {
      return "";
    }
    return question.isAhead() && !rule.demand().looksAt().isEmpty()
        ? "It is asked again at %s, and then it counts.".formatted(question.now())
        : rule.demand().remedy(question, ways);
  }

  private List<PolicyDocument> asked(PolicyRequest request) {
    return request.failback().isPresent() ? withFailback : documents;
  }

  @Override
  public List<ApprovalDemand> awaits(PolicyRequest request) {
    var demands = new ArrayList<ApprovalDemand>();
    for (var document : asked(request)) {
      for (var rule : document.concerning(request)) {
        if (rule.demand() instanceof Approvals approval
            && rule.outcome(
                    approval.judge(request), request.overrides(document.name(), rule.name()), false)
                == RuleOutcome.NEEDS_APPROVAL) {
          demands.add(approval.demanded(document.name(), document.version(), rule.name(), request));
        }
      }
    }
    return demands;
  }

  @Override
  public Set<Fact> looksAt(PolicyRequest request) {
    return asked(request).stream()
        .flatMap(document -> document.concerning(request).stream())
        .flatMap(rule -> rule.demand().looksAt().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether no rule stands against a request, without a word why. */
  private boolean lets(Question question) {
    var request = question.request();
    for (var document : asked(request)) {
      for (var rule : document.concerning(request)) {
        var outcome =
            rule.outcome(
                rule.demand().judge(question),
                request.overrides(document.name(), rule.name()),
                question.isAhead());
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
