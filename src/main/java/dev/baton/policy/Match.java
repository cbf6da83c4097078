package dev.baton.policy;

import dev.baton.core.AccountId;
import dev.baton.core.FailoverMode;
import dev.baton.core.Groups;
import dev.baton.policy.pattern.Glob;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Which requests a policy or a rule concerns. What isn't known of a request may be what is matched:
 * then it is concerned, because a rule can only make a decision stricter.
 *
 * @param accountIds empty for all
 * @param regions of the source or the target
 * @param requesterGroups of which the requester is in at least one; empty for everybody
 * @param scope within which alone it concerns anything
 */
record Match(
    List<Glob> globalDatastores,
    Set<AccountId> accountIds,
    List<Glob> regions,
    Set<FailoverMode> modes,
    Set<String> requesterGroups,
    HoldScope scope) {
  private static final List<Glob> ALL = List.of(new Glob("*"));

  static final Match EVERYTHING =
      new Match(ALL, Set.of(), ALL, Set.of(FailoverMode.values()), Set.of(), new HoldScope.All());

  Match {
    globalDatastores = List.copyOf(globalDatastores);
    accountIds = Set.copyOf(accountIds);
    regions = List.copyOf(regions);
    modes = Set.copyOf(modes);
    requesterGroups = Set.copyOf(requesterGroups);
  }

  Match(
      List<Glob> globalDatastores,
      Set<AccountId> accountIds,
      List<Glob> regions,
      Set<FailoverMode> modes,
      Set<String> requesterGroups) {
    this(globalDatastores, accountIds, regions, modes, requesterGroups, new HoldScope.All());
  }

  /** The same in these modes only. */
  Match in(Set<FailoverMode> some) {
    return new Match(globalDatastores, accountIds, regions, some, requesterGroups, scope);
  }

  /** The same within this scope only. */
  Match within(HoldScope other) {
    return new Match(globalDatastores, accountIds, regions, modes, requesterGroups, other);
  }

  boolean concerns(PolicyRequest request) {
    return modes.contains(request.mode())
        && (accountIds.isEmpty() || accountIds.contains(request.accountId()))
        && anyMatches(globalDatastores, request.globalDatastoreId().value())
        && concernsRegions(request)
        && concernsGroups(request.requester().groups())
        && scope.concerns(
            request.accountId(),
            request.globalDatastoreId(),
            request.sourceRegion(),
            request.targetRegion());
  }

  private boolean concernsRegions(PolicyRequest request) {
    return anyMatches(regions, request.targetRegion().name())
        || request.sourceRegion().map(source -> anyMatches(regions, source.name())).orElse(true);
  }

  private boolean concernsGroups(Groups groups) {
    return requesterGroups.isEmpty()
        || switch (groups) {
          case Groups.Known(var names) -> !Collections.disjoint(names, requesterGroups);
          case Groups.Unknown _ -> true;
        };
  }

  private static boolean anyMatches(List<Glob> globs, String text) {
    for (var glob : globs) {
      if (glob.matches(text)) {
        return true;
      }
    }
    return false;
  }
}
