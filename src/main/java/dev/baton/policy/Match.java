package dev.baton.policy;

import dev.baton.core.FailoverMode;
import dev.baton.policy.pattern.Glob;
import java.util.List;
import java.util.Set;

/** Which requests a rule concerns. */
record Match(List<Glob> globalDatastores, Set<FailoverMode> modes) {
  static final Match EVERYTHING = new Match(List.of(new Glob("*")), Set.of(FailoverMode.values()));

  Match {
    globalDatastores = List.copyOf(globalDatastores);
    modes = Set.copyOf(modes);
  }

  boolean concerns(PolicyRequest request) {
    var datastore = request.globalDatastoreId().value();
    return modes.contains(request.mode())
        && globalDatastores.stream().anyMatch(glob -> glob.matches(datastore));
  }
}
