package dev.baton.policy;

import dev.baton.core.AccountId;
import dev.baton.core.Actor;
import dev.baton.core.FailoverMode;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Groups;
import dev.baton.core.Region;
import dev.baton.policy.pattern.Glob;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Requests and times that policies can tell apart: made from the names that stand in them, and a
 * few others.
 */
record Probes(List<PolicyDocument> documents) {
  private static final String ANY_OTHER = "what it doesn't name";
  private static final int MOST_OF_A_KIND = 5;
  private static final int DAYS_AHEAD = 8;
  private static final int MOST_FREEZES_IN_A_ROW = 20;
  private static final Region SOURCE = new Region("us-east-1");
  private static final List<String> REGIONS =
      List.of(
          "us-west-2",
          "us-east-2",
          "us-west-1",
          "ca-central-1",
          "sa-east-1",
          "eu-west-1",
          "eu-central-1",
          "eu-north-1",
          "eu-south-1",
          "ap-southeast-1",
          "ap-northeast-1",
          "ap-south-1",
          "me-central-1",
          "af-south-1",
          "il-central-1",
          "us-gov-west-1",
          "cn-north-1");

  /**
   * What a request is for.
   *
   * @param shown the pattern that the datastore is an instance of, or words for any other
   */
  record Scope(String shown, GlobalDatastoreId datastore, AccountId account) {}

  List<Scope> scopes() {
    var patterns =
        Stream.concat(
                named(Match::globalDatastores)
                    .map(Glob::pattern)
                    .filter(pattern -> !pattern.equals("*"))
                    .distinct()
                    .limit(MOST_OF_A_KIND),
                Stream.of(ANY_OTHER))
            .toList();
    return Stream.concat(named(Match::accountIds), Stream.of(new AccountId("123456789012")))
        .distinct()
        .limit(MOST_OF_A_KIND)
        .flatMap(account -> patterns.stream().map(it -> new Scope(it, instance(it), account)))
        .toList();
  }

  /** The requests in that scope and mode; each names what a rule may require to be named. */
  List<PolicyRequest> requests(Scope scope, FailoverMode mode) {
    var requests = new ArrayList<PolicyRequest>();
    for (var requester : requesters()) {
      for (var target : targets()) {
        requests.add(
            new PolicyRequest(
                scope.account(),
                scope.datastore(),
                mode,
                Optional.of(SOURCE),
                target,
                "a reason",
                Optional.of("OPS-1"),
                Optional.of(SOURCE),
                mode.isRescue(),
                requester,
                Set.of()));
      }
    }
    return requests;
  }

  /** From then on: the first without a freeze too and, if a rule looks at the clock, some days. */
  List<Instant> times(Instant now) {
    var times = new LinkedHashSet<>(List.of(now, thawed(now)));
    var looksAtTheClock =
        demands()
            .anyMatch(it ->
                it instanceof Expressed expressed
                    && expressed.condition().variables().contains("now"));
    if (looksAtTheClock) {
      for (int half = 1; half <= 2 * DAYS_AHEAD; half++) {
        times.add(now.plus(12L * half, ChronoUnit.HOURS));
      }
    }
    return List.copyOf(times);
  }

  private Instant thawed(Instant now) {
    var freezes =
        demands().filter(FreezeWindows.class::isInstance).map(FreezeWindows.class::cast).toList();
    var at = now;
    for (int round = 0; round < MOST_FREEZES_IN_A_ROW; round++) {
      for (var freeze : freezes) {
        var free = freeze.free(at);
        at = free.equals(Instant.MAX) ? at : free;
      }
    }
    return at;
  }

  private Stream<Demand> demands() {
    return documents.stream().flatMap(it -> it.rules().stream()).map(Rule::demand);
  }

  private <T> Stream<T> named(Function<Match, ? extends Collection<T>> names) {
    return documents.stream()
        .flatMap(it -> Stream.concat(Stream.of(it.match()), it.rules().stream().map(Rule::match)))
        .flatMap(match -> names.apply(match).stream());
  }

  private static GlobalDatastoreId instance(String pattern) {
    return new GlobalDatastoreId(
        pattern.equals(ANY_OTHER) ? "ldgnf-any" : pattern.replace('*', 'a').replace('?', 'a'));
  }

  private List<Region> targets() {
    var literals =
        Stream.concat(
                demands()
                    .filter(AllowedTargetRegions.class::isInstance)
                    .flatMap(it -> ((AllowedTargetRegions) it).regions().stream()),
                named(Match::regions))
            .filter(Glob::isLiteral)
            .map(Glob::pattern);
    return Stream.concat(literals, REGIONS.stream())
        .map(Region::new)
        .filter(region -> !region.equals(SOURCE))
        .distinct()
        .limit(REGIONS.size() + MOST_OF_A_KIND)
        .toList();
  }

  private List<Requester> requesters() {
    var groups = named(Match::requesterGroups).distinct().limit(MOST_OF_A_KIND).toList();
    return Stream.concat(
            Stream.of(Set.<String>of(), Set.copyOf(groups)), groups.stream().map(Set::of))
        .distinct()
        .flatMap(names ->
            Stream.of(Actor.Kind.PERSON, Actor.Kind.SERVICE)
                .map(kind -> new Requester(new Actor("somebody", kind), new Groups.Known(names))))
        .toList();
  }
}
