package dev.baton.policy;

import dev.baton.core.FailoverMode;
import dev.baton.core.ReadinessLevel;
import dev.baton.core.Region;
import dev.baton.policy.PolicyWarning.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells what the author of a policy may not mean: that nothing passes, or that the ways out of a
 * lost Region are shut. It goes by trying {@link Probes}, so it may miss something, but what it
 * tells was so for every probe.
 */
public final class PolicyWarnings {
  private static final int MOST_QUESTIONS = 2_000_000;

  private static final List<Function<Situation, PolicyFacts>> DARK =
      List.of(PolicyWarnings::unseen, PolicyWarnings::blocked);

  private final List<PolicyDocument> documents;
  private final Probes probes;
  private final List<Instant> times;
  private int questions;

  private PolicyWarnings(List<PolicyDocument> documents, Probes probes, Instant now) {
    this.documents = documents;
    this.probes = probes;
    this.times = probes.times(now);
  }

  /**
   * The warnings about policies that are to hold together; a single one is warned about by itself.
   *
   * @param now the time from which on they hold
   */
  public static List<PolicyWarning> of(List<PolicyDocument> documents, Instant now) {
    return new PolicyWarnings(documents, new Probes(documents), now).all();
  }

  /**
   * What a policy would bring about: by itself, and what only together with others.
   *
   * @param others the policies that hold together with it
   * @param now the time from which on it holds
   */
  public static List<PolicyWarning> introduced(
      PolicyDocument draft, List<PolicyDocument> others, Instant now) {
    var alone = of(List.of(draft), now);
    var together = Stream.concat(others.stream(), Stream.of(draft)).toList();
    // The same probes both times: else what was shut before might look as if it were shut now.
    var probes = new Probes(together);
    var known =
        Stream.concat(alone.stream(), new PolicyWarnings(others, probes, now).all().stream())
            .map(PolicyWarning::kind)
            .collect(Collectors.toSet());
    return Stream.concat(
            alone.stream(),
            new PolicyWarnings(together, probes, now)
                .all().stream().filter(warning -> !known.contains(warning.kind())))
        .toList();
  }

  private List<PolicyWarning> all() {
    return Stream.of(
            everything(),
            rescue(FailoverMode.FAILOVER, Kind.REFUSES_FAILOVER),
            rescue(FailoverMode.DETACH, Kind.REFUSES_DETACH))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The names of rules that refused. */
  private record Refusals(boolean isTotal, Set<String> rules) {
    static final Refusals NONE = new Refusals(false, Set.of());
  }

  private Optional<PolicyWarning> everything() {
    var rules = new TreeSet<String>();
    for (var scope : probes.scopes()) {
      for (var mode : FailoverMode.values()) {
        var refusals = refusals(probes.requests(scope, mode), PolicyWarnings::calm);
        if (refusals.isEmpty()) {
          continue;
        }
        if (!refusals.get().isTotal()) {
          return Optional.empty();
        }
        rules.addAll(refusals.get().rules());
      }
    }
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PolicyWarning(
                Kind.REFUSES_EVERYTHING,
                "Every request that it matches would be refused, by %s.".formatted(shown(rules))));
  }

  private Optional<PolicyWarning> rescue(FailoverMode mode, Kind kind) {
    var shut = new LinkedHashSet<String>();
    var open = new LinkedHashSet<String>();
    var rules = new TreeSet<String>();
    for (var scope : probes.scopes()) {
      for (var dark : DARK) {
        refusals(probes.requests(scope, mode), dark)
            .ifPresent(refusals -> {
              (refusals.isTotal() ? shut : open).add(scope.shown());
              rules.addAll(refusals.rules());
            });
      }
    }
    open.removeAll(shut);
    return shut.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PolicyWarning(
                kind,
                ("Every %s%s would be refused while the primary's Region is dark, by %s: lag and"
                        + " readiness are unknown or bad then. Let those rules match SWITCHOVER only, or"
                        + " allow what is unknown.")
                    .formatted(
                        mode,
                        open.isEmpty() ? "" : " of " + String.join(" and ", shut),
                        shown(rules))));
  }

  private static String shown(Set<String> rules) {
    return rules.size() == 1
        ? "rule " + rules.iterator().next()
        : "rules " + String.join(", ", rules);
  }

  /** A probe and when it is asked. */
  private record Situation(PolicyRequest request, Instant now) {}

  /** What refuses those requests; empty if no policy matches any of them. */
  private Optional<Refusals> refusals(
      List<PolicyRequest> requests, Function<Situation, PolicyFacts> facts) {
    var rules = new TreeSet<String>();
    var isMatched = false;
    for (var request : requests) {
      if (documents.stream().noneMatch(document -> document.match().concerns(request))) {
        continue;
      }
      isMatched = true;
      for (var time : times) {
        var refusing = refusing(request, facts.apply(new Situation(request, time)));
        if (refusing.isEmpty() || questions > MOST_QUESTIONS) {
          return Optional.of(Refusals.NONE);
        }
        rules.addAll(refusing);
      }
    }
    return isMatched ? Optional.of(new Refusals(true, rules)) : Optional.empty();
  }

  private List<String> refusing(PolicyRequest request, PolicyFacts facts) {
    var question = new Question(request, facts);
    var refusing = new ArrayList<String>();
    for (var document : documents) {
      for (var rule : document.concerning(request)) {
        questions++;
        if (!isForTheRequesterToMeet(rule.demand())
            && rule.outcome(rule.demand().judge(question), false, false) == RuleOutcome.REFUSED) {
          refusing.add(document.name() + "/" + rule.name());
        }
      }
    }
    return refusing;
  }

  /** A reference can be made up for any pattern, just not by a program. */
  private static boolean isForTheRequesterToMeet(Demand demand) {
    return demand instanceof RequiredReference;
  }

  private static PolicyFacts calm(Situation it) {
    var target = it.request().targetRegion();
    return facts(
        it,
        new TargetLag.Measured(target, Duration.ZERO, it.now()),
        new TargetReadiness.Judged(target, ReadinessLevel.READY, List.of()));
  }

  private static PolicyFacts unseen(Situation it) {
    var target = it.request().targetRegion();
    return facts(it, unknownLag(target), new TargetReadiness.Unknown(target, "nobody saw it"));
  }

  private static PolicyFacts blocked(Situation it) {
    var target = it.request().targetRegion();
    return facts(
        it,
        unknownLag(target),
        new TargetReadiness.Judged(
            target, ReadinessLevel.BLOCKED, List.of("the source does not answer")));
  }

  private static TargetLag unknownLag(Region target) {
    return new TargetLag.Unknown(target, "nothing was measured");
  }

  private static PolicyFacts facts(Situation it, TargetLag lag, TargetReadiness readiness) {
    return new PolicyFacts(
        it.now(),
        Optional.empty(),
        Optional.empty(),
        lag,
        readiness,
        new OtherFailovers.Counted(0, Map.of(), Map.of()));
  }
}
