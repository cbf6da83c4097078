package dev.baton.globaldatastore;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Knows how primaries came to where they are. */
public interface LastMoves {

  /** Empty if the primary has not been seen to move. */
  Optional<LastMove> lastMove(AccountId accountId, GlobalDatastoreId id);

  /** The same of many; those that have not been seen to move are left out. */
  Map<GlobalDatastoreId, LastMove> lastMoves(
      AccountId accountId, Collection<GlobalDatastoreId> datastores);
}
