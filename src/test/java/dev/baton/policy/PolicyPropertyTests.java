package dev.baton.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for whatever policies, requests and facts. Each round has a seed to repeat it by. */
class PolicyPropertyTests {
  private static final int ROUNDS = 400;

  @Test
  void neverTurnsARefusalIntoAPassByOneMoreRule() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new RandomPolicies(new Random(seed));
      var documents = random.documents();
      var request = random.request();
      var facts = random.facts();
      var before = new PolicySet(documents).evaluate(request, facts).outcome();
      var more = new ArrayList<>(documents);
      more.add(random.document("more", 1));
      var after = new PolicySet(more).evaluate(request, facts).outcome();
      assertThat(after).as("seed %d", seed).isGreaterThanOrEqualTo(before);
    }
  }

  @Test
  void decidesTheSameInWhateverOrderPoliciesAndRulesStand() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new RandomPolicies(new Random(seed));
      var documents = random.documents();
      var request = random.request();
      var facts = random.facts();
      var expected = new PolicySet(documents).judge(request, facts);
      var order = new Random(~seed);
      var shuffled = new ArrayList<>(documents);
      Collections.shuffle(shuffled, order);
      assertThat(new PolicySet(shuffled).judge(request, facts))
          .as("policies, seed %d", seed)
          .isEqualTo(expected);
      shuffled.replaceAll(document -> withRulesShuffled(document, order));
      var decision = new PolicySet(shuffled).evaluate(request, facts);
      assertThat(decision.outcome()).isEqualTo(expected.decision().outcome());
      assertThat(new HashSet<>(decision.rules()))
          .as("rules, seed %d", seed)
          .isEqualTo(new HashSet<>(expected.decision().rules()));
    }
  }

  @Test
  void decidesTheSameEachTime() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new RandomPolicies(new Random(seed));
      var policies = new PolicySet(random.documents());
      var request = random.request();
      var facts = random.facts();
      var first = policies.judge(request, facts);
      policies.judge(random.request(), random.facts());
      assertThat(policies.judge(request, facts)).as("seed %d", seed).isEqualTo(first);
      var again = new RandomPolicies(new Random(seed));
      assertThat(new PolicySet(again.documents()).judge(again.request(), again.facts()))
          .as("anew, seed %d", seed)
          .isEqualTo(first);
    }
  }

  @Test
  void becomesNoStricterByAnOverrideAndTellsOfEachThatIsInVain() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new RandomPolicies(new Random(seed));
      var policies = new PolicySet(random.documents());
      var request = random.request();
      var facts = random.facts();
      var judgement = policies.judge(request, facts);
      var overridden =
          judgement.decision().rules().stream()
              .filter(rule -> rule.outcome() == RuleOutcome.OVERRIDDEN)
              .toList();
      assertThat(overridden)
          .as("seed %d", seed)
          .allMatch(rule -> request.overrides(rule.policy(), rule.rule()));
      assertThat(judgement.decision().outcome())
          .isLessThanOrEqualTo(policies.evaluate(without(request), facts).outcome());
      if (overridden.isEmpty()) {
        assertThat(judgement.misusedOverrides()).hasSameSizeAs(request.overrides());
      }
    }
  }

  @Test
  void meetsEveryOutcome() {
    Map<RuleOutcome, Integer> seen = new EnumMap<>(RuleOutcome.class);
    Set<DecisionOutcome> decisions = new HashSet<>();
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new RandomPolicies(new Random(seed));
      var decision = new PolicySet(random.documents()).evaluate(random.request(), random.facts());
      decisions.add(decision.outcome());
      decision.rules().forEach(rule -> seen.merge(rule.outcome(), 1, Integer::sum));
    }
    assertThat(seen).containsOnlyKeys(RuleOutcome.values());
    assertThat(seen.values()).allSatisfy(count -> assertThat(count).isGreaterThan(20));
    assertThat(decisions).containsExactlyInAnyOrder(DecisionOutcome.values());
  }

  private static PolicyDocument withRulesShuffled(PolicyDocument document, Random order) {
    var rules = new ArrayList<>(document.rules());
    Collections.shuffle(rules, order);
    return new PolicyDocument(
        document.name(), document.version(), document.comment(), document.match(), rules);
  }

  private static PolicyRequest without(PolicyRequest request) {
    return new PolicyRequest(
        request.accountId(),
        request.globalDatastoreId(),
        request.mode(),
        request.sourceRegion(),
        request.targetRegion(),
        request.reason(),
        request.reference(),
        request.expectedPrimaryRegion(),
        request.acceptDataLoss(),
        request.requester(),
        Set.copyOf(List.of()));
  }
}
