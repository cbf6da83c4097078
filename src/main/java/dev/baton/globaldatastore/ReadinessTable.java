package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.ReadinessLevel;
import dev.baton.globaldatastore.ReadinessJudge.Target;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where is kept how fit targets are, as it was judged last. */
interface ReadinessTable {

  /** What is kept of the targets of these Global datastores. */
  Map<Target, KeptReadiness> of(AccountId accountId, Collection<GlobalDatastoreId> datastores);

  /** Keeps these, except where a younger judgement is kept already. */
  void keep(AccountId accountId, List<KeptReadiness> judged);

  void remove(AccountId accountId, Collection<Target> targets);

  /** Removes those of Global datastores that no Region shows any more. */
  void removeGone(AccountId accountId);

  /** How many targets of an account are at a level in a Region. */
  Map<Level, Long> counts();

  /** What is counted. */
  record Level(Place place, ReadinessLevel level) {}
}
